//! How Khosra talks to portals: the Portal trait, its adapters and the wire types.
