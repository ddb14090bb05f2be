package io.visionops.login.internal.guard;

/** Is told who logged in and who was refused. Thread-safe; never blocks. */
public interface LoginListener {

    /** Tells nobody. */
    LoginListener NONE =
            new LoginListener() {
                @Override
                public void accepted(Visitor visitor) {}

                @Override
                public void refused(Visitor visitor, String reason) {}

                @Override
                public void moreRefused(long count) {}

                @Override
                public void forbidden(Visitor visitor, String what) {}
            };

    void accepted(Visitor visitor);

    void refused(Visitor visitor, String reason);

    /** So many were refused within a minute and not told one by one. */
    void moreRefused(long count);

    /** Somebody who is logged in wanted what his role may not. */
    void forbidden(Visitor visitor, String what);
}
