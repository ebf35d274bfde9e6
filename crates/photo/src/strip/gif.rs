//! GIF: the screen, the one image and what says how it is drawn are copied; comments and applications' blocks are not.

use crate::header::gif::{self, Kind};

const CUT: &str = "a block of the GIF reaches beyond the file";
/// The extension that says which colour shines through.
const CONTROL: u8 = 0xF9;

pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut at = gif::first(bytes).ok_or(CUT)?;
    let mut out = bytes.get(..at).ok_or(CUT)?.to_vec();
    let mut images = 0;
    loop {
        let block = gif::next(bytes, at).ok_or(CUT)?;
        let data = bytes.get(block.begin..block.end).ok_or(CUT)?;
        match block.kind {
            Kind::Image if images > 0 => return Err("the GIF moves"),
            Kind::Image => images += 1,
            Kind::Extension(CONTROL) => {}
            Kind::Extension(_) => {
                at = block.end;
                continue;
            }
            Kind::Trailer => {
                out.extend_from_slice(data);
                return Ok(out);
            }
        }
        out.extend_from_slice(data);
        at = block.end;
    }
}
