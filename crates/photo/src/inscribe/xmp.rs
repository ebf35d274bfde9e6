//! The words as an XMP packet (ISO 16684-1). Its end says that it is not to be changed in place, so it has no padding.

use std::borrow::Cow;

use quick_xml::escape::escape;

use super::Inscription;

pub(super) fn packet(words: &Inscription) -> String {
    let mut inner = String::new();
    let plain = |name: &str, text: &str| format!("<{name}>{}</{name}>\n", clean(text));
    let list = |name: &str, kind: &str, items: String| {
        format!("<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n")
    };
    // A text that may stand in several languages has one that is meant when none is asked for.
    let any = |name: &str, text: &str| {
        list(name, "Alt", format!("<rdf:li xml:lang=\"x-default\">{}</rdf:li>", clean(text)))
    };
    let mut put = |text: &str, written: &dyn Fn(&str) -> String| {
        if !text.is_empty() {
            inner.push_str(&written(text));
        }
    };
    put(&words.description, &|text| any("dc:description", text));
    let creators: String =
        words.creators.iter().map(|name| format!("<rdf:li>{}</rdf:li>", clean(name))).collect();
    put(&creators, &|items| list("dc:creator", "Seq", items.to_owned()));
    put(&words.copyright_notice, &|text| any("dc:rights", text));
    put(&words.usage_terms, &|text| any("xmpRights:UsageTerms", text));
    put(&words.credit_line, &|text| plain("photoshop:Credit", text));
    put(&words.date_created, &|text| plain("photoshop:DateCreated", text));
    put(&words.alt_text, &|text| any("Iptc4xmpCore:AltTextAccessibility", text));
    let source_type = words.digital_source_type.map(|kind| kind.uri()).unwrap_or_default();
    put(&source_type, &|text| plain("Iptc4xmpExt:DigitalSourceType", text));
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n\
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
         xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n\
         xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n\
         xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\"\n\
         xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\n\
         {inner}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Without the signs that no XML may hold, and with the others escaped.
fn clean(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    Cow::into_owned(escape(allowed))
}
