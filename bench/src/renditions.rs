//! A photo of 24 megapixels made into what readers get, beside libvips from Debian's packages: the same sizes, the same
//! quality, one thread each, each in processes of its own, in the same run.
//!
//! libvips is taken at its best: it decodes the photo once, at half its size as JPEG allows, into the widest rendition
//! without loss, and makes the others of that; or it decodes the photo anew for each size at the scale that suits it.
//! The quicker one counts.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use photo::{
    Limits,
    recipe::{Crop, Format, Recipe, Wanted},
};

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::Dice,
};

/// How a process of this program is told to make renditions and nothing else: the photo, and a folder for them.
const CHILD: &str = "KHOSRA_BENCH_PHOTO";
const WIDTHS: [u32; 4] = [1920, 1200, 800, 400];
const SIZE: (usize, usize) = (6000, 4000);
const ROUNDS: usize = 7;
/// libvips' quality, and that of what it writes.
const VIPS_JPEG: &str = "[Q=82,interlace,optimize-coding,strip]";

/// What a process of its own does, if this is one.
pub fn child() -> Option<Outcome<()>> {
    let folder = PathBuf::from(env::var_os(CHILD)?);
    Some(make_in(&folder))
}

fn make_in(folder: &Path) -> Outcome<()> {
    let bytes = fs::read(folder.join("photo.jpg"))?;
    let formats = if folder.join("webp").exists() { vec![Format::WebP] } else { vec![Format::Jpeg] };
    let wanted = Wanted { widths: [(Crop::Whole, WIDTHS.to_vec())].into(), formats };
    for made in photo::make(&bytes, &Recipe::default(), &wanted, &Limits::default())? {
        let kind = made.rendition.media_type.as_str().trim_start_matches("image/");
        fs::write(folder.join(format!("ours-{}.{kind}", made.rendition.width)), made.rendition.bytes)?;
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    fs::write(folder.join("peak"), peak.unwrap_or_default().trim())?;
    Ok(())
}

pub fn run(report: &mut Report) -> Outcome<()> {
    if Command::new("vips").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("  renditions beside libvips: skipped, vips is not here");
        return Ok(());
    }
    let folder = scratch()?;
    let folder = folder.path();
    photo_in(folder)?;
    let (mut ours, mut once, mut anew, mut starts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // The first round only warms the disk's cache.
    for round in 0..=ROUNDS {
        let times = [timed(|| own_process(folder)), timed(|| vips_once(folder)), timed(|| vips_anew(folder))];
        let [(a, done_a), (b, done_b), (c, done_c)] = times;
        done_a.and(done_b).and(done_c)?;
        if round > 0 {
            ours.push(a);
            once.push(b);
            anew.push(c);
            starts.push(timed(|| vips(folder, "vips", &["--version"])).0);
        }
    }
    let ours = report.times("24 MP to four JPEGs", ours).p50;
    let once = report.times("libvips, decoding once", once).p50;
    let anew = report.times("libvips, decoding for each size", anew).p50;
    let start = report.times("a start of libvips", starts).p50;
    // Its programs write one size each. All but one of their starts are taken off, as if one program wrote them all.
    let peer = (once - start * WIDTHS.len() as f64).min(anew - start * (WIDTHS.len() - 1) as f64);
    report.goal("24 MP to four JPEGs, to libvips without its starts", ours / peer, 1.15);
    report.goal("most memory of it (MB)", peak(folder)?, 150.0);
    likeness(report, folder, if once < anew { "once" } else { "anew" })?;
    webp(report, folder)?;
    focal(report, folder)
}

/// In a process of its own, as libvips is.
fn own_process(folder: &Path) -> Outcome<()> {
    let status = Command::new(env::current_exe()?).env(CHILD, folder).status()?;
    check(status.success(), "renditions in a process of their own")
}

fn vips(folder: &Path, program: &str, arguments: &[&str]) -> Outcome<()> {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).env("VIPS_CONCURRENCY", "1").stdout(Stdio::null());
    check(command.status()?.success(), program)
}

fn vips_once(folder: &Path) -> Outcome<()> {
    let widest = format!("{}x", WIDTHS[0]);
    vips(folder, "vipsthumbnail", &["photo.jpg", "--size", &widest, "-o", "widest.v"])?;
    vips(folder, "vips", &["copy", "widest.v", &format!("once-{}.jpeg{VIPS_JPEG}", WIDTHS[0])])?;
    for width in WIDTHS.into_iter().skip(1) {
        let to = format!("once-{width}.jpeg{VIPS_JPEG}");
        vips(folder, "vipsthumbnail", &["widest.v", "--size", &format!("{width}x"), "-o", &to])?;
    }
    Ok(())
}

fn vips_anew(folder: &Path) -> Outcome<()> {
    for width in WIDTHS {
        let to = format!("anew-{width}.jpeg{VIPS_JPEG}");
        vips(folder, "vipsthumbnail", &["photo.jpg", "--size", &format!("{width}x"), "-o", &to])?;
    }
    Ok(())
}

fn peak(folder: &Path) -> Outcome<f64> {
    let told = fs::read_to_string(folder.join("peak"))?;
    let kilobytes: f64 = told.trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}

/// Bytes, and likeness to the photo at that size, which libvips makes of all its pixels and without loss.
fn likeness(report: &mut Report, folder: &Path, peer: &str) -> Outcome<()> {
    let (mut ours, mut theirs) = (0, 0);
    for width in WIDTHS {
        let scale = (f64::from(width) / SIZE.0 as f64).to_string();
        vips(folder, "vips", &["resize", "photo.jpg", "true.ppm", &scale, "--kernel", "lanczos3"])?;
        let truth = Grey::read(&folder.join("true.ppm"))?;
        let (own, other) = (format!("ours-{width}.jpeg"), format!("{peer}-{width}.jpeg"));
        let found = [&own, &other].map(|name| {
            vips(folder, "vips", &["copy", name, "seen.ppm"])?;
            similarity(&truth, &Grey::read(&folder.join("seen.ppm"))?)
        });
        let [own_likeness, other_likeness] = found;
        let (own_likeness, other_likeness) = (own_likeness?, other_likeness?);
        report.figure(&format!("likeness at {width}: ours"), own_likeness);
        report.figure(&format!("likeness at {width}: libvips"), other_likeness);
        report.goal(&format!("less alike than libvips at {width}"), other_likeness - own_likeness, 0.005);
        ours += fs::metadata(folder.join(own))?.len();
        theirs += fs::metadata(folder.join(other))?.len();
    }
    report.figure("bytes of four JPEGs", ours as f64);
    report.goal("bytes, to libvips", ours as f64 / theirs as f64, 1.05);
    Ok(())
}

/// WebP has no goal beside libvips, which asks the same library for it: it is held to the JPEGs' likeness.
fn webp(report: &mut Report, folder: &Path) -> Outcome<()> {
    fs::write(folder.join("webp"), b"")?;
    let (took, done) = timed(|| own_process(folder));
    done?;
    report.figure("24 MP to four WebPs (ms)", took.as_secs_f64() * 1e3);
    for width in WIDTHS {
        let scale = (f64::from(width) / SIZE.0 as f64).to_string();
        vips(folder, "vips", &["resize", "photo.jpg", "true.ppm", &scale, "--kernel", "lanczos3"])?;
        vips(folder, "vips", &["copy", &format!("ours-{width}.webp"), "seen.ppm"])?;
        let truth = Grey::read(&folder.join("true.ppm"))?;
        report.figure(
            &format!("likeness at {width}: WebP"),
            similarity(&truth, &Grey::read(&folder.join("seen.ppm"))?)?,
        );
        let bytes = |kind: &str| {
            Ok::<_, std::io::Error>(fs::metadata(folder.join(format!("ours-{width}.{kind}")))?.len())
        };
        report.figure(
            &format!("bytes at {width}: WebP to JPEG"),
            bytes("webp")? as f64 / bytes("jpeg")? as f64,
        );
    }
    Ok(())
}

fn focal(report: &mut Report, folder: &Path) -> Outcome<()> {
    let thumb = fs::read(folder.join("ours-400.jpeg"))?;
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..50 {
        let (took, focal) = timed(|| photo::suggest_focal(&thumb, &Limits::default()));
        focal?;
        times.push(took);
    }
    let found = report.times("a focal point for a thumbnail", times);
    report.goal("a focal point, p95 (ms)", found.p95, 20.0);
    Ok(())
}

/// A photo as a camera makes it: soft light, edges of all directions, fine structure, and a sensor's noise, with its
/// colours at half the size.
fn photo_in(folder: &Path) -> Outcome<()> {
    let begun = Instant::now();
    let (width, height) = SIZE;
    let mut dice = Dice::new(24);
    let mut waves = Vec::new();
    for octave in 0..7_i32 {
        let part = |dice: &mut Dice| dice.below(1000) as f32 / 1000.0;
        let finer = 2_f32.powi(octave);
        waves.push((
            finer * (part(&mut dice) - 0.5) / 300.0,
            finer * (part(&mut dice) - 0.5) / 300.0,
            60.0 / (octave + 1) as f32,
        ));
    }
    let mut pixels = format!("P6\n{width} {height}\n255\n").into_bytes();
    pixels.reserve(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (fx, fy) = (x as f32, y as f32);
            let light: f32 = waves
                .iter()
                .map(|(a, b, strength)| strength * (a * fx + b * fy + (b * fx).sin()).sin())
                .sum();
            // Walls, windows and lettering: edges on a grid that is not the codec's.
            let edge = if (x / 211 + y / 173) % 3 == 0 && (x % 211) / 17 % 2 == 0 { 45.0 } else { 0.0 };
            let noise = dice.below(13) as f32 - 6.0;
            let base = 118.0 + light * 0.55 - edge + noise;
            let colour = [base * 1.04, base, base * 0.9 + 8.0 * (fx / 900.0).sin()];
            pixels.extend(colour.map(|value| value.clamp(0.0, 255.0) as u8));
        }
    }
    fs::write(folder.join("photo.ppm"), pixels)?;
    vips(folder, "vips", &["copy", "photo.ppm", "photo.jpg[Q=93,subsample-mode=on]"])?;
    fs::remove_file(folder.join("photo.ppm"))?;
    println!(
        "  a photo of {} kB, made in {:?}",
        fs::metadata(folder.join("photo.jpg"))?.len() / 1000,
        begun.elapsed()
    );
    Ok(())
}

/// The brightness of a picture.
struct Grey {
    width: usize,
    height: usize,
    light: Vec<f32>,
}

impl Grey {
    fn read(path: &Path) -> Outcome<Self> {
        let bytes = fs::read(path)?;
        // Kind, width, height and the largest value, each followed by one blank.
        let mut begin = 0;
        let mut numbers = Vec::new();
        while numbers.len() < 4 {
            let end = bytes.iter().skip(begin).position(u8::is_ascii_whitespace).ok_or("no header")? + begin;
            let word = bytes.get(begin..end).and_then(|word| str::from_utf8(word).ok()).ok_or("no header")?;
            if word.starts_with('#') {
                begin += bytes.iter().skip(begin).position(|byte| *byte == b'\n').ok_or("no header")? + 1;
                continue;
            }
            numbers.push(word.to_owned());
            begin = end + 1;
        }
        let [_, width, height, _] = numbers.as_slice() else { return Err("no header".into()) };
        let (width, height) = (width.parse()?, height.parse()?);
        let pixels = bytes.get(begin..).unwrap_or_default().as_chunks::<3>().0;
        let light = pixels
            .iter()
            .map(|[r, g, b]| 0.299 * f32::from(*r) + 0.587 * f32::from(*g) + 0.114 * f32::from(*b));
        Ok(Self { width, height, light: light.collect() })
    }

    /// Rows of a window, eight by eight.
    fn window(&self, left: usize, top: usize) -> impl Iterator<Item = f32> {
        let row = move |y: usize| self.light.iter().skip(y * self.width + left).take(8);
        (top..top + 8).flat_map(row).copied()
    }
}

/// Structural similarity (Wang and others, 2004) of brightness, over windows of 8 × 8 at every fourth pixel.
fn similarity(a: &Grey, b: &Grey) -> Outcome<f64> {
    check((a.width, a.height) == (b.width, b.height), "two pictures of one size")?;
    let (mut sum, mut count) = (0.0, 0.0);
    for top in (0..a.height.saturating_sub(7)).step_by(4) {
        for left in (0..a.width.saturating_sub(7)).step_by(4) {
            let (mut sa, mut sb, mut saa, mut sbb, mut sab) = (0.0_f64, 0.0, 0.0, 0.0, 0.0);
            for (x, y) in a.window(left, top).zip(b.window(left, top)) {
                let (x, y) = (f64::from(x), f64::from(y));
                (sa, sb, saa, sbb, sab) = (sa + x, sb + y, saa + x * x, sbb + y * y, sab + x * y);
            }
            let (ma, mb) = (sa / 64.0, sb / 64.0);
            let (va, vb, cov) = (saa / 64.0 - ma * ma, sbb / 64.0 - mb * mb, sab / 64.0 - ma * mb);
            let (c1, c2) = (6.5025, 58.5225);
            sum += (2.0 * ma * mb + c1) * (2.0 * cov + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
            count += 1.0;
        }
    }
    Ok(sum / count)
}
