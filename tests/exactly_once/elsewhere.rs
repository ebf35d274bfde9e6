//! Where a redirect would lead the editor to: places that write down whatever they are told.

use std::{
    io::Read as _,
    net::TcpListener,
    sync::{Arc, Mutex, OnceLock},
    thread,
    time::Duration,
};

/// Addresses to be led astray to; what listens there belongs to the test.
pub fn places() -> &'static [&'static str] {
    &elsewhere().places
}

/// Everything that was said there, which must be nothing.
pub fn heard() -> Vec<String> {
    elsewhere().heard.lock().unwrap().clone()
}

struct Elsewhere {
    places: Vec<&'static str>,
    heard: Arc<Mutex<Vec<String>>>,
}

fn elsewhere() -> &'static Elsewhere {
    static PLACES: OnceLock<Elsewhere> = OnceLock::new();
    PLACES.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
                let mut said = [0; 4096];
                let read = stream.read(&mut said).unwrap_or(0);
                book.lock().unwrap().push(String::from_utf8_lossy(&said[..read]).into_owned());
            }
        });
        let ours = ["127.0.0.1", "localhost"].map(|host| format!("http://{host}:{port}/stolen"));
        let mut places: Vec<&'static str> = ours.map(|place| &*place.leak()).to_vec();
        places.extend([
            "http://portal.invalid/",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
        ]);
        Elsewhere { places, heard }
    })
}
