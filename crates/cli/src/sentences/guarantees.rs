//! What a portal keeps to, and why nothing can be said.

use story::{Guarantee, Untold};

use super::Pair;

/// What the portal does when it keeps to this.
pub(super) fn of(guarantee: Guarantee) -> Pair {
    match guarantee {
        Guarantee::SaysWhoItIs => ("নিজের ও অ্যাকাউন্টের পরিচয় দেয়", "says what it is, and who the account is"),
        Guarantee::TellsTime => ("প্রতিটি উত্তরে নিজের ঘড়ির সময় জানায়", "tells the time by its own clock"),
        Guarantee::ListsSections => ("বিভাগগুলোর নাম জানায়", "lists its sections"),
        Guarantee::SaysItHasNone => {
            ("যে লেখা নেই, নিজেই বলে যে নেই", "says by itself that it has no such story")
        }
        Guarantee::KeepsPhotos => ("ছবি নেয় এবং রাখে", "takes a photo and keeps it"),
        Guarantee::TakesAPhotoOnce => ("একই ছবি দ্বিতীয়বার চায় না", "does not take the same photo twice"),
        Guarantee::ChecksPhotos => ("ভুল ছবি ফিরিয়ে দেয়", "refuses a photo that is not the one announced"),
        Guarantee::KeepsAWorkingCopy => {
            ("খসড়া নেয় এবং চেনে", "takes a working copy and names it in its answer")
        }
        Guarantee::ReadsBackTheSame => {
            ("লেখা, ছবি, ক্যাপশন যেমন গেছে তেমনই রাখে", "keeps words, photos and captions as they were sent")
        }
        Guarantee::KeepsOriginals => {
            ("ছবির মূল ফাইল শুধু ডেস্কের জন্য রাখে", "keeps the original of a photo for the desk alone")
        }
        Guarantee::CreatesOnce => ("দুবার পাঠালেও লেখা একটিই থাকে", "makes one story of what is sent twice"),
        Guarantee::RefusesOverwriting => {
            ("নতুন লেখার ওপর পুরোনো লেখা বসতে দেয় না", "lets no old text cover a newer one")
        }
        Guarantee::RefusesAnotherVersion => {
            ("যে সংস্করণ নেই, তার কোনো আদেশ মানে না", "refuses a command about a version that it does not have")
        }
        Guarantee::TakesForTheDesk => {
            ("ডেস্কে জমা নেয়, পাঠককে দেখায় না", "takes a story for the desk and shows readers nothing")
        }
        Guarantee::Returns => (
            "ডেস্ক ফেরত দিলে কারণসহ ফেরে, পাঠক কিছু দেখেন না",
            "returns a story with its reason and shows readers nothing",
        ),
        Guarantee::Schedules => ("নির্ধারিত সময় মনে রাখে", "schedules for the hour that was named"),
        Guarantee::Unschedules => {
            ("নির্ধারিত প্রকাশ বাতিল করতে দেয়", "does not publish what was taken off its schedule")
        }
        Guarantee::Publishes => {
            ("প্রকাশ করলে পাতায় শিরোনাম ও ছবি দেখা যায়", "publishes: the page shows headline and photo")
        }
        Guarantee::RepeatsNothing => {
            ("একই আদেশ আবার এলে কিছু বদলায় না", "changes nothing when the same command comes again")
        }
        Guarantee::Corrects => ("সংশোধনীর পর পাতায় নতুন লেখা থাকে", "corrects: the page shows the new version"),
        Guarantee::Withdraws => ("প্রত্যাহারের পর পাতাটি আর থাকে না", "withdraws: the page is gone"),
        Guarantee::StaysDown => (
            "প্রত্যাহারের পর আগের আদেশ এলে তা মানে না",
            "does nothing that was asked before a withdrawal and comes after it",
        ),
        Guarantee::Kills => ("স্থায়ীভাবে তুলে নেওয়া লেখা আর প্রকাশ করে না", "never publishes again what was killed"),
    }
}

/// Why it was not tried.
pub(super) fn untold(why: Untold) -> Pair {
    match why {
        Untold::NotOffered => ("এই পোর্টালে নেই", "not offered by this portal"),
        Untold::NotAllowed => ("এই অ্যাকাউন্টের অনুমতি নেই", "this account may not"),
        Untold::LeftOut => ("প্রকাশ ছাড়া দেখা যায় না", "left out, as readers could see it"),
        Untold::NotReached => ("আগের ধাপ হয়নি বলে দেখা যায়নি", "not reached, as an earlier step failed"),
        Untold::Stopped => ("তার আগেই থামানো হয়েছে", "stopped before"),
    }
}
