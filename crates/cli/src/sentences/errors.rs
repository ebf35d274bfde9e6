//! Why the desk did not do what was asked.

use desk::wire::ErrorCode;
use serde_json::Value;
use story::{FindingCode, Language};

use super::Pair;

/// In plain words.
pub(super) fn of(code: ErrorCode) -> Pair {
    match code {
        ErrorCode::BadArguments => ("যা দেওয়া হয়েছে তা বোঝা যায়নি।", "What was given cannot be understood."),
        ErrorCode::NotFound => ("এমন কিছু এখানে নেই।", "There is no such thing here."),
        ErrorCode::StoreReadOnly => ("লেখার ভান্ডারে কিছু লেখা যাচ্ছে না।", "The store cannot be written to."),
        ErrorCode::StoreFull => ("ডিস্কে জায়গা নেই।", "The disk is full."),
        ErrorCode::StoreLocked => (
            "অন্য একটি প্রোগ্রাম লেখার ভান্ডারটি ব্যবহার করছে। সেটি বন্ধ করে আবার চেষ্টা করুন।",
            "Another program uses the store. Close it and try again.",
        ),
        ErrorCode::StoreDamaged => ("লেখার ভান্ডারটি ক্ষতিগ্রস্ত।", "The store is damaged."),
        ErrorCode::StoreNewer => (
            "এই ফাইলটি খসড়ার নতুনতর সংস্করণে লেখা; পুরোনো সংস্করণ এতে হাত দেয়নি।",
            "This file was written by a newer version of Khosra; this one has not touched it.",
        ),
        ErrorCode::StoreBroken => ("ডিস্কে ত্রুটি হয়েছে।", "The disk gave an error."),
        ErrorCode::TextTooLong => (
            "লেখাটি বেশি বড়; সর্বোচ্চ {limit} বাইট রাখা যায়।",
            "The text is too long; at most {limit} bytes can be kept.",
        ),
        ErrorCode::MovedOn => (
            "এর মধ্যে লেখাটি বদলে গেছে; নতুন করে দেখে আবার চেষ্টা করুন।",
            "The text has moved on; look at it again and repeat.",
        ),
        ErrorCode::FindingsBlock => ("প্রকাশের আগে ঠিক করতে হবে:", "To be put right before publication:"),
        ErrorCode::RefusedRole => ("এই অ্যাকাউন্টের এ কাজের অনুমতি নেই।", "This account may not do that."),
        ErrorCode::RefusedSpiked => ("লেখাটি বাদ দেওয়া আছে।", "The story was set aside."),
        ErrorCode::RefusedNotSpiked => ("লেখাটি বাদ দেওয়া নেই।", "The story was not set aside."),
        ErrorCode::RefusedNotApproved => ("লেখাটির অনুমোদন নেই।", "The story is not approved."),
        ErrorCode::RefusedAlreadyPublic => ("পাঠকেরা লেখাটি আগেই পেয়েছেন।", "Readers already have the story."),
        ErrorCode::RefusedNotPublic => ("পাঠকেরা লেখাটি এখনো পাননি।", "Readers do not have the story."),
        ErrorCode::RefusedAlreadyFiled => ("লেখাটি আগেই জমা দেওয়া হয়েছে।", "The desk has the story already."),
        ErrorCode::RefusedNotFiled => ("লেখাটি ডেস্কে জমা নেই।", "The desk does not have the story."),
        ErrorCode::RefusedTaken => {
            ("লেখাটি এখন ডেস্কের একজনের হাতে আছে।", "Somebody at the desk has the story now.")
        }
        ErrorCode::RefusedOwnWriting => (
            "লেখাটি শুধু আপনার; আরেকজনকে অনুমোদন করতে হবে। একা থাকলে one-person on দিন।",
            "Nobody else has written this; somebody else has to approve it. If you are alone, give one-person on.",
        ),
        ErrorCode::RefusedApprovalFell => (
            "{by} অনুমোদন করার পরে লেখা বদলেছে। আবার approve করুন, বা --over-approval দিন।",
            "The text was changed since {by} approved it. Approve it again, or give --over-approval.",
        ),
        ErrorCode::RefusedSuggestionsOpen => (
            "লেখায় কারও প্রস্তাব ঝুলে আছে। খসড়ায় খুলে আগে মেনে নিন বা বাদ দিন, তারপর অনুমোদন করুন।",
            "Somebody suggested a change. Accept or reject it in Khosra's window, and then approve.",
        ),
        ErrorCode::SuggestionUnfit => (
            "প্রস্তাবটি রাখা যায়নি: এতে কিছু বদলায় না, বা তা {limit} অক্ষরের বেশি।",
            "The suggestion was not kept: it changes nothing, or is longer than {limit} letters.",
        ),
        ErrorCode::ReasonNeeded => ("কারণ লিখতে হবে।", "A reason has to be given."),
        ErrorCode::NoticeNeeded => {
            ("কী বদলেছে, তা পাঠককে জানাতে হবে।", "Readers have to be told what was changed.")
        }
        ErrorCode::TimeFarOff => (
            "সময়টি এক বছরের বেশি দূরে; কাছের কোনো সময় দিন।",
            "That time is more than a year ahead; give a nearer one.",
        ),
        ErrorCode::TimePassed => {
            ("সময়টি পেরিয়ে গেছে; সামনের কোনো সময় দিন।", "That time has passed; give one that lies ahead.")
        }
        ErrorCode::RefusedFlagged => (
            "আইনি আপত্তি আছে; সেটি না উঠলে লেখা পাঠকের কাছে যাবে না। দুজন সম্পাদক মিলে তুলতে পারেন: flag clear।",
            "A legal flag holds the story back. Two editors clear it: flag clear.",
        ),
        ErrorCode::RefusedNotFlagged => {
            ("এই লেখায় কোনো আইনি আপত্তি নেই।", "There is no legal flag on this story.")
        }
        ErrorCode::RefusedEmbargoed => (
            "{until} পর্যন্ত প্রকাশ নিষেধ; ওই সময় বা তার পরের জন্য প্রকাশের সময় ঠিক করুন।",
            "Under embargo until {until}; schedule the story for then or later.",
        ),
        ErrorCode::RefusedKillWaits => (
            "লেখাটি স্থায়ীভাবে তুলে নেওয়ার কথা আছে, আরেকজন সম্পাদকের সায়ের অপেক্ষায়। তিনি সায় দেবেন, নয়তো kill --call-off দিয়ে তা ফেরান।",
            "A kill of the story waits for another editor, who agrees to it or takes it back with kill --call-off.",
        ),
        ErrorCode::RefusedNoKillWaits => ("এমন কোনো তুলে নেওয়া অপেক্ষায় নেই।", "No kill of this story waits."),
        ErrorCode::RefusedSecondPerson => (
            "আরেকজন সম্পাদকের সায় লাগবে। দেরি করার উপায় না থাকলে --break-glass দিন; তা সকালের হিসাবে থাকবে।",
            "Another editor has to agree. Where nobody can be waited for: --break-glass, which stands on the morning sheet.",
        ),
        ErrorCode::RefusedKilled => ("লেখাটি স্থায়ীভাবে তুলে নেওয়া হয়েছে।", "The story was killed."),
        ErrorCode::RefusedDeliveryOpen => (
            "এই লেখার আগের একটি পাঠানো এখনো শেষ হয়নি। outbox run দিয়ে সেটি শেষ করুন।",
            "An earlier delivery of this story is not settled. Go on with it by outbox run.",
        ),
        ErrorCode::NoDesk => (
            "এই পোর্টালে এমন ডেস্ক নেই, যেখান থেকে লেখা ফেরত পাঠানো বা ফিরিয়ে নেওয়া যায়।",
            "The portal has no desk to return to or take from.",
        ),
        ErrorCode::TextNotHere => (
            "পোর্টালে পৌঁছানো যাচ্ছে না, আর লেখাটি এই কম্পিউটারে আনা হয়নি; সংযোগ ফিরলে হাতে নিন।",
            "The portal cannot be reached, and the story was never fetched to this machine; take it when the connection is back.",
        ),
        ErrorCode::NotWholeHere => (
            "পোর্টালে এই লেখায় এমন কিছু যোগ হয়েছে, যা এখানে রাখা যায় না ({names})। লেখাটি পোর্টালেই সম্পাদনা করুন।",
            "At the portal something was added to this story that cannot be kept here ({names}). Edit it at the portal.",
        ),
        ErrorCode::NoPortal => ("কোনো পোর্টাল যোগ করা হয়নি।", "No portal was added yet."),
        ErrorCode::NoKeychain => ("কিচেইন সাড়া দিচ্ছে না।", "The keychain does not answer."),
        ErrorCode::SignInRefused => ("নাম বা পাসওয়ার্ড ঠিক নেই।", "Name or password are wrong."),
        ErrorCode::PortalFailed => ("পোর্টাল নিয়মমতো সাড়া দেয়নি।", "The portal did not answer as agreed."),
        ErrorCode::BadUrl => (
            "ঠিকানাটি কোনো পোর্টালের নয়; https:// দিয়ে শুরু হওয়া ঠিকানা দিন।",
            "That is not the address of a portal; give one that begins with https://.",
        ),
        ErrorCode::PhotoKind => (
            "“{name}” JPEG, PNG, WebP, GIF বা TIFF ছবি নয়, নাম যা-ই হোক।",
            "“{name}” is no JPEG, PNG, WebP, GIF or TIFF, whatever its name says.",
        ),
        ErrorCode::PhotoNoDecoder => (
            "“{name}” HEIC বা AVIF ছবি, এখানে খোলা যায় না। JPEG করে দিন।",
            "“{name}” is a HEIC or AVIF picture, which cannot be opened here. Save it as JPEG.",
        ),
        ErrorCode::PhotoTooSlow => (
            "“{name}” খুলতে বেশি সময় লাগছিল, তাই নেওয়া হয়নি।",
            "“{name}” took too long to open and was not taken.",
        ),
        ErrorCode::PhotoBytes => (
            "“{name}” বেশি বড়; সর্বোচ্চ {limit} বাইট নেওয়া যায়।",
            "“{name}” is too large; at most {limit} bytes are taken.",
        ),
        ErrorCode::PhotoPixels => (
            "“{name}” ছবিতে পিক্সেল বেশি; সর্বোচ্চ {limit} নেওয়া যায়।",
            "“{name}” has too many pixels; at most {limit} are taken.",
        ),
        ErrorCode::PhotoDamaged => ("“{name}” ছবির ফাইলটি ক্ষতিগ্রস্ত।", "The photo file “{name}” is damaged."),
        ErrorCode::PackageForeign => ("ফাইলটি খসড়ার কোনো প্যাকেট নয়।", "The file is no story package."),
        ErrorCode::PackageTooLong => (
            "প্যাকেটটি বেশি বড়; সর্বোচ্চ {limit} বাইট হতে পারে।",
            "The package is too long; {limit} bytes at most.",
        ),
        ErrorCode::PackageSealed => (
            "প্যাকেটটি অন্য ডেস্কের জন্য সিল করা। প্রেরককে এই ডেস্কের ঠিকানা দিন (package key)।",
            "The package is sealed to another desk. Give its sender the address of this one (package key).",
        ),
        ErrorCode::PackageNewer => (
            "প্যাকেটটি খসড়ার নতুনতর সংস্করণে তৈরি; কিছুই নেওয়া হয়নি।",
            "The package was made by a newer version of Khosra; nothing of it was taken in.",
        ),
        ErrorCode::PackageDamaged => (
            "প্যাকেটটি ক্ষতিগ্রস্ত, অথবা পথে কেউ বদলেছে; কিছুই নেওয়া হয়নি। নতুন করে চেয়ে নিন।",
            "The package is damaged or was changed on its way; nothing of it was taken in. Ask for it anew.",
        ),
        ErrorCode::PackageStranger => (
            "প্যাকেটে {name} নামে সই আছে, কিন্তু এই সই এখানে অচেনা। তাঁর কাছে সইয়ের ছাপ মিলিয়ে নিন, তারপর --trust {fingerprint} দিন।",
            "The package is signed as {name}, and nobody here knows this signature. Compare the fingerprint with theirs, then give --trust {fingerprint}.",
        ),
        ErrorCode::PackageAddress => (
            "এটি কোনো ডেস্কের ঠিকানা নয়; ঠিকানা age1 দিয়ে শুরু হয় (package key)।",
            "That is not the address of a desk; one begins with age1 (package key).",
        ),
        ErrorCode::PackageNotWritten => (
            "প্যাকেটটি সেখানে রাখা গেল না; অন্য জায়গা বেছে নিন। লেখা খসড়ায় আছে।",
            "The package could not be written there; choose another place. The text is safe in the store.",
        ),
        ErrorCode::PackageLeft => {
            ("প্যাকেটটি নেওয়া হয়নি; তার কিছুই রাখা হয়নি।", "The package was left; nothing of it was kept.")
        }
        ErrorCode::TooLateToCancel => {
            ("এটি হয়তো পাঠানো হয়ে গেছে; আর ফেরানো যাবে না।", "It may be sent already; it cannot be taken back.")
        }
        ErrorCode::Internal => {
            ("ভেতরে একটি ত্রুটি হয়েছে; লেখা নিরাপদে আছে।", "Something went wrong inside; no text was lost.")
        }
    }
}

/// `opening` with what blocks behind it; `codes` are finding codes with spaces between.
pub(super) fn findings(opening: &str, codes: &str, language: Language) -> String {
    let known = |code: &str| serde_json::from_value(Value::String(code.to_owned())).ok();
    let words = codes.split(' ').filter_map(known).map(|code| match language {
        Language::Bn => finding(code).0,
        Language::En => finding(code).1,
    });
    format!("{opening} {}", words.collect::<Vec<_>>().join(" "))
}

fn finding(code: FindingCode) -> Pair {
    match code {
        FindingCode::HeadlineMissing => ("শিরোনাম নেই।", "There is no headline."),
        FindingCode::HeadlineTooLong => ("শিরোনাম অতিরিক্ত দীর্ঘ।", "The headline is far too long."),
        FindingCode::HeadlineLong => ("শিরোনাম দীর্ঘ।", "The headline is long."),
        FindingCode::BodyMissing => ("মূল লেখা নেই।", "There is no text."),
        FindingCode::BodyTooLong => ("মূল লেখা অতিরিক্ত দীর্ঘ।", "The text is too long."),
        FindingCode::SectionMissing => ("বিভাগ বাছাই করা হয়নি।", "No section was chosen."),
        FindingCode::BylineMissing => ("লেখকের নাম নেই।", "There is no byline."),
        FindingCode::CreditMissing => ("একটি ছবির কৃতজ্ঞতা নেই।", "A photo has no credit."),
        FindingCode::AltMissing => ("একটি ছবির বিকল্প বর্ণনা নেই।", "A photo has no alternative text."),
        FindingCode::CaptionMissing => ("একটি ছবির ক্যাপশন নেই।", "A photo has no caption."),
        FindingCode::PhotoUnknown => {
            ("লেখায় এমন একটি ছবি আছে, যা যোগ করা হয়নি।", "The text shows a photo that was not added.")
        }
        FindingCode::PhotoTwice => {
            ("একই ছবি দুবার আছে; একটি সরিয়ে দিন।", "The same picture is there twice; remove one.")
        }
        FindingCode::BidiOverride => {
            ("লেখায় দিক বদলানোর অদৃশ্য চিহ্ন আছে।", "The text holds invisible marks that turn its direction.")
        }
    }
}
