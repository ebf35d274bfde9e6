//! Makes HEIF containers, box by box, around bytes that need not be pictures.

/// What a container says of its main picture, and what stands beside it.
#[derive(Clone, Default)]
pub struct Container {
    pub brand: [u8; 4],
    pub width: u32,
    pub height: u32,
    /// Quarters against the clock.
    pub turned: Option<u8>,
    /// 1 exchanges left and right, 0 top and bottom.
    pub mirrored: Option<u8>,
    pub exif: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
}

impl Container {
    pub fn new(brand: &[u8; 4], width: u32, height: u32) -> Self {
        Self { brand: *brand, width, height, ..Self::default() }
    }

    pub fn build(&self) -> Vec<u8> {
        let mut items = vec![(*b"hvc1", b"not HEVC, and nobody here would know".to_vec())];
        if let Some(exif) = &self.exif {
            items.push((*b"Exif", [b"\0\0\0\x06Exif\0\0".as_slice(), exif].concat()));
        }
        if let Some(xmp) = &self.xmp {
            items.push((*b"mime", xmp.clone()));
        }
        let ftyp = make(b"ftyp", &[&self.brand, b"\0\0\0\0".as_slice(), b"mif1", &self.brand].concat());
        // The places of the items hang on the length of the box that tells them.
        let length = self.meta(&items, 0).len();
        let meta = self.meta(&items, ftyp.len() + length + 8);
        let data: Vec<u8> = items.into_iter().flat_map(|(_, data)| data).collect();
        [ftyp, meta, make(b"mdat", &data)].concat()
    }

    fn meta(&self, items: &[([u8; 4], Vec<u8>)], begin: usize) -> Vec<u8> {
        let (mut infos, mut places, mut at) = (Vec::new(), Vec::new(), begin);
        for (id, (kind, data)) in (1_u16..).zip(items) {
            let content: &[u8] = if kind == b"mime" { b"\0application/rdf+xml\0" } else { b"\0" };
            let info = [id.to_be_bytes().as_slice(), &[0, 0], kind, content].concat();
            infos.extend(full(b"infe", 2, &info));
            places.extend([&id.to_be_bytes()[..], &[0, 0, 0, 0, 0, 1]].concat());
            places.extend(number(at));
            places.extend(number(data.len()));
            at += data.len();
        }
        let count = u16::try_from(items.len()).unwrap().to_be_bytes();
        let iinf = full(b"iinf", 0, &[&count[..], &infos].concat());
        let iloc = full(b"iloc", 1, &[&[0x44, 0x00][..], &count, &places].concat());
        let pitm = full(b"pitm", 0, &[0, 1]);
        full(b"meta", 0, &[pitm, iinf, iloc, self.properties()].concat())
    }

    fn properties(&self) -> Vec<u8> {
        let size = [self.width.to_be_bytes(), self.height.to_be_bytes()].concat();
        let mut all = vec![full(b"ispe", 0, &size)];
        all.extend(self.turned.map(|turned| make(b"irot", &[turned])));
        all.extend(self.mirrored.map(|mirrored| make(b"imir", &[mirrored])));
        let count = u8::try_from(all.len()).unwrap();
        let numbers: Vec<u8> = (1..=count).map(|number| number | 0x80).collect();
        let ipma = [&[0, 0, 0, 1, 0, 1, count][..], &numbers].concat();
        make(b"iprp", &[make(b"ipco", &all.concat()), full(b"ipma", 0, &ipma)].concat())
    }
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap().to_be_bytes()
}

fn make(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&number(data.len() + 8), name.as_slice(), data].concat()
}

fn full(name: &[u8; 4], version: u8, data: &[u8]) -> Vec<u8> {
    make(name, &[&[version, 0, 0, 0], data].concat())
}
