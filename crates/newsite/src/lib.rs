//! The reference portal: a small real news site that speaks the native contract.
