//! Photos: sniff, decode within limits, orient, resize, strip what must not leave.
