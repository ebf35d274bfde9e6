//! Real pictures, each another one: WordPress looks into what it is sent.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// A PNG of one colour, 1200 × 800.
pub fn png(colour: [u8; 3]) -> Vec<u8> {
    let (width, height) = (1200_u32, 800_u32);
    let row: Vec<u8> = std::iter::once(0).chain(colour.repeat(width as usize)).collect();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let pixels = compress_to_vec_zlib(&row.repeat(height as usize), 6);
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &head), chunk(b"IDAT", &pixels), chunk(b"IEND", &[])].concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&name[..], data].concat();
    [&(data.len() as u32).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    let step =
        |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
            })
        };
    !bytes.iter().fold(u32::MAX, step)
}
