package io.visionops.discovery.internal;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document of a device, by local names: devices use prefixes and even namespaces as they like.
 * Without document types and entities, of bounded depth; the size is bounded by who reads it.
 */
final class Xml {

    private static final int DEPTH = 64;

    private final String name;
    private final Map<String, String> attributes = new TreeMap<>();
    private final List<Xml> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Xml(String name) {
        this.name = name;
    }

    static Xml parse(byte[] document) throws DeviceException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The parser of the JDK throws unchecked ones, too, at some broken documents.
            throw new DeviceException("answers with something that is no XML", e);
        }
    }

    private static Xml read(XMLStreamReader reader) throws XMLStreamException, DeviceException {
        Deque<Xml> open = new ArrayDeque<>();
        Xml root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new DeviceException(
                                "answers with a document type or entities: refused");
                case XMLStreamConstants.START_ELEMENT -> {
                    Xml element = new Xml(reader.getLocalName());
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        element.attributes.put(
                                reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.peek().children.add(element);
                    }
                    if (open.size() >= DEPTH) {
                        throw new DeviceException("answers with XML that is nested too deeply");
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text.append(reader.getText());
                    }
                }
                default -> {
                    // Comments and the like.
                }
            }
        }
        if (root == null) {
            throw new DeviceException("answers with nothing");
        }
        return root;
    }

    String name() {
        return name;
    }

    String text() {
        return text.toString().strip();
    }

    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** The first element of that name, at any depth; this one included. */
    Optional<Xml> find(String wanted) {
        if (name.equals(wanted)) {
            return Optional.of(this);
        }
        for (Xml child : children) {
            Optional<Xml> found = child.find(wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** All elements of that name, at any depth, but not within one another. */
    List<Xml> all(String wanted) {
        if (name.equals(wanted)) {
            return List.of(this);
        }
        List<Xml> found = new ArrayList<>();
        children.forEach(child -> found.addAll(child.all(wanted)));
        return found;
    }

    /** The text of the first element at the end of a path, each step at any depth; or empty. */
    String text(String... path) {
        Optional<Xml> at = Optional.of(this);
        for (String step : path) {
            at = at.flatMap(one -> one.find(step));
        }
        return at.map(Xml::text).orElse("");
    }

    /** A number there, or 0. */
    double number(String... path) {
        String said = text(path);
        return said.matches("\\d{1,6}(\\.\\d{1,6})?") ? Double.parseDouble(said) : 0;
    }
}
