//! Why a delivery did not end in a receipt.

use story::Cause;

use super::Pair;

/// In plain words.
pub(super) fn of(cause: Cause) -> Pair {
    match cause {
        Cause::Offline => ("পোর্টালের সঙ্গে সংযোগ নেই।", "The portal cannot be reached."),
        Cause::Timeout => ("পোর্টাল সময়মতো সাড়া দেয়নি।", "The portal did not answer in time."),
        Cause::CutOff => {
            ("উত্তর আসার আগেই সংযোগ কেটে গেছে।", "The connection broke before the answer was here.")
        }
        Cause::Untrusted => (
            "পোর্টালের পরিচয় নিশ্চিত করা যায়নি; কিছু পাঠানো হয়নি।",
            "The portal's identity could not be verified; nothing was sent.",
        ),
        Cause::PortalBroken => ("পোর্টালের ভেতরে ত্রুটি হয়েছে।", "The portal has a fault of its own."),
        Cause::PortalErrorPage => (
            "পোর্টাল “ঠিক আছে” বলেছে, কিন্তু উত্তরে তার নিজের ত্রুটির লেখা এসেছে।",
            "The portal said “fine”, and its answer is the text of an error of its own.",
        ),
        Cause::LoginPage => (
            "পোর্টালের বদলে অন্য একটি ওয়েব পাতা এসেছে; সম্ভবত ওয়াই-ফাইয়ে সাইন ইন করতে হবে।",
            "Another web page came instead of the portal; you may have to sign in to this network first.",
        ),
        Cause::NotTheContract => ("উত্তরটি পোর্টালের নিয়মমতো নয়।", "The answer is not what a portal would say."),
        Cause::WrongEcho => ("পোর্টাল অন্য একটি লেখার কথা বলেছে।", "The portal answered about another story."),
        Cause::Redirected => (
            "উত্তরে অন্য একটি ঠিকানা দেখানো হয়েছে; সেখানে কিছু পাঠানো হয়নি। সম্ভবত আগে ওয়াই-ফাইয়ে সাইন ইন করতে হবে।",
            "The answer points to another address; nothing was sent there. You may have to sign in to this network first.",
        ),
        Cause::SignedOut => ("পোর্টালে আবার সাইন ইন করতে হবে।", "Sign in to the portal again."),
        Cause::Forbidden => ("এই অ্যাকাউন্টের এ কাজের অনুমতি নেই।", "This account may not do that."),
        Cause::NotFound => ("পোর্টালে এমন কিছু নেই।", "The portal knows no such thing."),
        Cause::StillRunning => {
            ("পোর্টাল আগের অনুরোধ নিয়ে এখনো কাজ করছে।", "The portal is still busy with the same request.")
        }
        Cause::Conflict => ("পোর্টালে অন্য একটি কাজ বাধা দিচ্ছে।", "Another act at the portal stands in the way."),
        Cause::NotApproved => (
            "পোর্টালে এই লেখার অনুমোদন নেই: অনুমোদনের পরে কেউ লেখা বদলেছেন বা হাতে নিয়েছেন। আবার অনুমোদন করুন।",
            "The portal holds no approval of this text: somebody changed or took it since. Approve it again.",
        ),
        Cause::SuggestionsOpen => (
            "পোর্টালে এই লেখায় কারও প্রস্তাব ঝুলে আছে। আগে মেনে নিন বা বাদ দিন, তারপর আবার পাঠান।",
            "The portal has a suggestion at this story that nobody has settled. Accept or reject it, then send again.",
        ),
        Cause::Flagged => (
            "লেখাটিতে আইনি আপত্তি আছে; সেটি উঠলে আবার পাঠান।",
            "A legal flag holds the story back; send it again once that is cleared.",
        ),
        Cause::Embargoed => (
            "পোর্টালের ঘড়িতে প্রকাশ-নিষেধের সময় এখনো পেরোয়নি।",
            "By the portal's clock the story's embargo is not over.",
        ),
        Cause::KillWaits => (
            "লেখাটি স্থায়ীভাবে তুলে নেওয়ার কথা আছে; আরেকজন সম্পাদকের সিদ্ধান্তের অপেক্ষা।",
            "A kill of the story waits for another editor's word.",
        ),
        Cause::ChangedOnPortal => (
            "পোর্টালে লেখাটি অন্য কেউ বদলেছেন; তার ওপর কিছু লেখা হয়নি।",
            "Somebody changed the story at the portal; nothing was written over it.",
        ),
        Cause::TooLarge => ("পোর্টাল এত বড় কিছু নেয় না।", "It is larger than the portal takes."),
        Cause::Invalid => ("পোর্টাল যা পেয়েছে তা গ্রহণ করেনি।", "The portal does not accept what it was sent."),
        Cause::TooManyRequests => ("পোর্টাল একটু অপেক্ষা করতে বলেছে।", "The portal asks to wait a little."),
        Cause::Unavailable => ("পোর্টাল এখন বন্ধ আছে।", "The portal is closed for now."),
        Cause::ReadBackDiffers => (
            "পোর্টাল থেকে ফিরিয়ে পড়ে দেখা গেছে, যা পাঠানো হয়েছিল তার সঙ্গে মেলে না।",
            "Read back from the portal, it differs from what was sent.",
        ),
        Cause::WindowClosed => {
            ("প্রকাশের নির্ধারিত সময় পেরিয়ে গেছে।", "The time set for publication has passed.")
        }
        Cause::ScheduleMissed => (
            "নির্ধারিত সময় পেরিয়েছে, কিন্তু পোর্টাল লেখাটি প্রকাশ করেনি।",
            "The set time has passed, and the portal has not published the story.",
        ),
        Cause::BudgetSpent => (
            "মোবাইল ডেটায় আজ যতটুকু পাঠানো যায়, তা পাঠানো হয়ে গেছে; ছবি রাত বারোটা পর্যন্ত অপেক্ষা করবে। outbox send দিলে এখনই যাবে।",
            "What may be sent over mobile data today has been sent; the photo waits until midnight. outbox send lets it go now.",
        ),
        Cause::Metered => (
            "এই সংযোগে প্রতি বাইটের দাম দিতে হয়; মূল ফাইলটি অন্য সংযোগের জন্য অপেক্ষা করছে। outbox send দিলে এখনই যাবে।",
            "Every byte of this line is paid for; the original waits for another line. outbox send lets it go now.",
        ),
        Cause::PriceUnknown => (
            "এই সংযোগে বাইটের দাম দিতে হয় কি না, যন্ত্রটি জানে না; মূল ফাইলটি অপেক্ষা করছে। outbox send দিলে এখনই যাবে।",
            "This machine cannot tell whether the line is paid for by the byte; the original waits. outbox send lets it go now.",
        ),
        Cause::OriginalsOff => (
            "মূল ফাইল পাঠানো বন্ধ রাখা হয়েছে; এটি আগে চাওয়া হয়েছিল। outbox send দিলে যাবে, outbox cancel দিলে আর যাবে না।",
            "Originals are switched off; this one was asked for before. outbox send lets it go, outbox cancel takes it back.",
        ),
        Cause::CannotStrip => (
            "ছবি না বদলে মূল ফাইল থেকে স্থান ও নামের তথ্য বাদ দেওয়া যায় না; তাই পাঠানো হয়নি।",
            "Place and names cannot be taken out of the original without changing it; so it was not sent.",
        ),
        Cause::NoSecret => (
            "এই যন্ত্রে পোর্টালের টোকেন নেই; আবার সাইন ইন করুন।",
            "This machine has no token for the portal; sign in again.",
        ),
    }
}
