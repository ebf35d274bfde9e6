//! Clocks, ids, story builders and faulty parts for tests. A dev-dependency only.
