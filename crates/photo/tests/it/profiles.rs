//! A colour profile for inks, built by hand: no two of the standard's kinds of table are needed for a test.

/// Without ink white, with cyan alone a middle grey, all else black.
pub fn cyan_is_grey() -> Vec<u8> {
    let lut = lut();
    let mut white = b"XYZ \0\0\0\0".to_vec();
    for value in [0xF6D6_u32, 0x1_0000, 0xD32D] {
        white.extend(value.to_be_bytes());
    }
    let (table, begin) = (4 + 2 * 12, 128 + 4 + 2 * 12);
    let mut profile = header(begin + white.len() + lut.len());
    profile.extend(2_u32.to_be_bytes());
    for (name, at, length) in [(b"wtpt", begin, white.len()), (b"A2B0", begin + white.len(), lut.len())] {
        profile.extend(name);
        profile.extend(u32::try_from(at).unwrap().to_be_bytes());
        profile.extend(u32::try_from(length).unwrap().to_be_bytes());
    }
    assert_eq!(profile.len(), 128 + table);
    [profile, white, lut].concat()
}

fn header(length: usize) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &u32::try_from(length).unwrap().to_be_bytes());
    put(8, &[2, 0x40, 0, 0]);
    put(12, b"prtrCMYKLab ");
    put(36, b"acsp");
    // The illuminant D50, in numbers of sixteen bits before and after the point.
    put(68, &[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    header
}

/// ICC.1:2001-04, 6.5.7: tables in, a grid with two points for each ink, tables out; eight bits each.
fn lut() -> Vec<u8> {
    let mut lut = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    for cell in 0..9_u32 {
        lut.extend((if cell % 4 == 0 { 0x1_0000 } else { 0_u32 }).to_be_bytes());
    }
    let straight: Vec<u8> = (0..=255).collect();
    lut.extend(straight.repeat(4));
    // The last ink changes quickest: the corner with cyan alone is the ninth.
    for corner in 0..16 {
        let lightness = match corner {
            0 => 255,
            8 => 138,
            _ => 0,
        };
        lut.extend([lightness, 128, 128]);
    }
    lut.extend(straight.repeat(3));
    lut
}
