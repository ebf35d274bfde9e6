//! A container's items: which there are, where their bytes lie, and what is said of the main one.

use super::boxes::{Box, Cut, boxes};

/// Items that are looked at. A photo of 48 megapixels in tiles has about a hundred.
const MOST: usize = 1_024;
/// Longest block of Exif or XMP.
const LONGEST: usize = 1024 * 1024;

pub(super) struct Items<'a> {
    main: u64,
    infos: Vec<Info<'a>>,
    places: Vec<Place>,
    /// The data that lies in the `meta` box itself.
    inner: &'a [u8],
    /// All properties, and which of them the main item has, counted from one.
    properties: Vec<Box<'a>>,
    of_main: Vec<usize>,
}

struct Info<'a> {
    id: u64,
    kind: [u8; 4],
    /// Of an item of kind `mime`.
    content: &'a [u8],
}

/// Where the bytes of an item lie.
struct Place {
    id: u64,
    /// Counted in the `meta` box's own data, not in the file.
    is_inner: bool,
    /// Offset and length.
    extents: Vec<(usize, usize)>,
}

impl<'a> Items<'a> {
    pub(super) fn new(meta: &'a [u8]) -> Option<Self> {
        let inside = |name: &[u8; 4]| boxes(meta).find(|one| one.name == *name);
        let pitm = inside(b"pitm")?;
        let main = Cut(pitm.full()?).number(if pitm.version() == 0 { 2 } else { 4 })?;
        let iprp = inside(b"iprp")?.data;
        let within = |name: &[u8; 4]| boxes(iprp).find(|one| one.name == *name);
        let properties = boxes(within(b"ipco")?.data).collect();
        let of_main = boxes(iprp).filter(|one| one.name == *b"ipma").find_map(|ipma| associated(&ipma, main));
        Some(Self {
            main,
            infos: infos(&inside(b"iinf")?)?,
            places: places(&inside(b"iloc")?)?,
            inner: inside(b"idat").map(|one| one.data).unwrap_or_default(),
            properties,
            of_main: of_main?,
        })
    }

    /// What is said of the main item, in the order in which it is to be done.
    pub(super) fn properties(&self) -> Vec<Box<'a>> {
        let nth = |number: &usize| self.properties.get(number.checked_sub(1)?).copied();
        self.of_main.iter().filter_map(nth).collect()
    }

    /// Whether the file reaches to the end of every item, the main one among them.
    pub(super) fn are_within(&self, bytes: &[u8]) -> bool {
        let is_there = |place: &Place| {
            let source = if place.is_inner { self.inner } else { bytes };
            let fits = |(at, length): &(usize, usize)| {
                at.checked_add(*length).is_some_and(|end| end <= source.len())
            };
            !place.extents.is_empty() && place.extents.iter().all(fits)
        };
        self.places.iter().any(|place| place.id == self.main) && self.places.iter().all(is_there)
    }

    /// A TIFF header and what follows it, without the four bytes that say where it begins.
    pub(super) fn exif(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let info = self.infos.iter().find(|info| info.kind == *b"Exif")?;
        let block = self.data(info.id, bytes)?;
        let mut cut = Cut(&block);
        let skipped = cut.size(4)?;
        cut.0.get(skipped..).map(<[u8]>::to_vec)
    }

    pub(super) fn xmp(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let is_xmp = |info: &&Info<'_>| info.kind == *b"mime" && info.content == b"application/rdf+xml";
        let info = self.infos.iter().find(is_xmp)?;
        self.data(info.id, bytes)
    }

    fn data(&self, id: u64, bytes: &[u8]) -> Option<Vec<u8>> {
        let place = self.places.iter().find(|place| place.id == id)?;
        let source = if place.is_inner { self.inner } else { bytes };
        let mut data = Vec::new();
        for (at, length) in &place.extents {
            data.extend_from_slice(source.get(*at..at.checked_add(*length)?)?);
            if data.len() > LONGEST {
                return None;
            }
        }
        Some(data)
    }
}

fn infos<'a>(iinf: &Box<'a>) -> Option<Vec<Info<'a>>> {
    let rest = iinf.full()?.get(if iinf.version() == 0 { 2 } else { 4 }..)?;
    Some(boxes(rest).filter(|one| one.name == *b"infe").filter_map(|one| info(&one)).take(MOST).collect())
}

fn info<'a>(infe: &Box<'a>) -> Option<Info<'a>> {
    let mut cut = Cut(infe.full()?);
    // Versions 0 and 1 name no kind, and nobody writes them.
    let id = cut.number(match infe.version() {
        2 => 2,
        3 => 4,
        _ => return None,
    })?;
    cut.take(2)?;
    let kind = cut.take(4)?.try_into().ok()?;
    let content =
        if kind == *b"mime" { cut.text().and_then(|_| cut.text()).unwrap_or_default() } else { b"" };
    Some(Info { id, kind, content })
}

/// Item locations (14496-12, 8.11.3): the box itself says how wide its numbers are.
fn places(iloc: &Box<'_>) -> Option<Vec<Place>> {
    let version = iloc.version();
    let mut cut = Cut(iloc.full()?);
    let widths = cut.number(2)?;
    let width = |shift: u32| usize::try_from(widths >> shift & 0x0F).unwrap_or(0);
    let (offset, length, base) = (width(12), width(8), width(4));
    let index = if version == 0 { 0 } else { width(0) };
    let count = cut.size(if version < 2 { 2 } else { 4 })?;
    (count <= MOST).then_some(())?;
    let mut places = Vec::new();
    for _ in 0..count {
        let id = cut.number(if version < 2 { 2 } else { 4 })?;
        let is_inner = if version == 0 { false } else { cut.number(2)? & 0x0F == 1 };
        cut.take(2)?;
        let base = cut.size(base)?;
        let parts = cut.size(2)?;
        (parts <= MOST).then_some(())?;
        let mut extents = Vec::new();
        for _ in 0..parts {
            cut.take(index)?;
            extents.push((base.checked_add(cut.size(offset)?)?, cut.size(length)?));
        }
        places.push(Place { id, is_inner, extents });
    }
    Some(places)
}

/// The numbers of an item's properties (23008-12, 9.3.1), if this box speaks of it.
fn associated(ipma: &Box<'_>, item: u64) -> Option<Vec<usize>> {
    let mut cut = Cut(ipma.full()?);
    let is_wide = ipma.flags() & 1 == 1;
    for _ in 0..cut.size(4)?.min(MOST) {
        let id = cut.number(if ipma.version() == 0 { 2 } else { 4 })?;
        let mut numbers = Vec::new();
        for _ in 0..cut.size(1)? {
            // The highest bit says whether it must be understood.
            numbers.push(if is_wide { cut.size(2)? & 0x7FFF } else { cut.size(1)? & 0x7F });
        }
        if id == item {
            return Some(numbers);
        }
    }
    None
}
