"""XMP packets and PDFs that hold them."""

from tests.unit.pdf.documents import PdfBuilder

NAMESPACES = """
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
"""


def packet(*properties: str, attributes: str = "", prolog: str = "") -> str:
    """Return an XMP packet with these properties, given as XML."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{prolog}
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {NAMESPACES} {attributes}>
{"".join(properties)}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
{" " * 200}
<?xpacket end="w"?>"""


def listed(name: str, *values: str, container: str = "Seq") -> str:
    """Return a property with several values."""
    items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>"


def titled(title: str, language: str = "x-default") -> str:
    """Return a title as programs write it."""
    item = f'<rdf:li xml:lang="{language}">{title}</rdf:li>'
    return f"<dc:title><rdf:Alt>{item}</rdf:Alt></dc:title>"


def add_packet(builder: PdfBuilder, content: str | bytes, *, packed: bool = False) -> int:
    """Add a metadata stream and return its number."""
    data = content.encode() if isinstance(content, str) else content
    return builder.add_stream(data, b"/Type /Metadata /Subtype /XML", packed=packed)


def pdf_with(content: str | bytes, *, packed: bool = False) -> bytes:
    """Return a PDF of one page whose catalogue names this packet."""
    builder = PdfBuilder()
    builder.add_text_page("page 1")
    number = add_packet(builder, content, packed=packed)
    return builder.build(b"/Metadata %d 0 R" % number)
