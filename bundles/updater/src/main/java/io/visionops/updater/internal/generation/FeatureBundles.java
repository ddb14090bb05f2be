package io.visionops.updater.internal.generation;

import io.visionops.api.update.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the features of a program bring into the framework: nothing but files that are signed with
 * it. The features service would fetch from anywhere.
 */
public final class FeatureBundles {

    private static final Pattern FILE =
            Pattern.compile("system/io/visionops/features/[^/]+/[^/]+-features\\.xml");

    /** Of a file of the program, by its Maven coordinates. */
    private static final Pattern COORDINATES =
            Pattern.compile(
                    "mvn:(?<group>[\\w.-]+)/(?<name>[\\w.-]+)/(?<version>[\\w.-]+)"
                            + "(/(?<type>\\w+)(/(?<classifier>[\\w.-]+))?)?");

    private static final Set<String> BRINGING = Set.of("bundle", "repository", "configfile");

    private FeatureBundles() {}

    /**
     * @throws UpdateException when a feature names what is no file of the program
     */
    public static void requireOwn(ProgramFolder program) throws UpdateException, IOException {
        List<String> files =
                program.contents().sums().keySet().stream()
                        .filter(path -> FILE.matcher(path).matches())
                        .sorted()
                        .toList();
        for (String file : files) {
            try {
                requireOwn(program, program.path().resolve(file));
            } catch (XMLStreamException e) {
                throw new UpdateException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static void requireOwn(ProgramFolder program, Path file)
            throws UpdateException, IOException, XMLStreamException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && BRINGING.contains(reader.getLocalName())) {
                    require(program, reader.getElementText().strip());
                }
            }
            reader.close();
        }
    }

    /** One that asks nobody for what a document refers to. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static void require(ProgramFolder program, String location) throws UpdateException {
        Matcher names = COORDINATES.matcher(location);
        if (!names.matches() || !program.contents().sums().containsKey(path(names))) {
            throw new UpdateException(
                    "the features of the release name " + location + ", which is not of it");
        }
    }

    private static String path(Matcher names) {
        String type = names.group("type");
        String classifier = names.group("classifier");
        return "system/"
                + names.group("group").replace('.', '/')
                + "/"
                + names.group("name")
                + "/"
                + names.group("version")
                + "/"
                + names.group("name")
                + "-"
                + names.group("version")
                + (classifier == null ? "" : "-" + classifier)
                + "."
                + (type == null ? "jar" : type);
    }
}
