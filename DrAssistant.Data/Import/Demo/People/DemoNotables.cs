using static DrAssistant.Data.Patients.Gender;

namespace DrAssistant.Data.Import.Demo.People;

/// <summary>
/// The patients that a practice stumbles over: names in other scripts, one name, namesakes, twins, newborns without a name,
/// the very old, those who know no birthday.
/// </summary>
internal static class DemoNotables
{
    private const int Year = 365;

    private static readonly DemoPlace Near = new("Bengaluru", "Bengaluru Urban", "Karnataka", "560008");
    private static readonly DemoPlace Village = new("Shirwal", "Satara", "Maharashtra", "412801");

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        .. InOtherScripts(), .. WithOneName(), .. Namesakes(), .. Twins(), .. Newborns(), .. Old(), .. OfNoListedSex(),
    ];

    private static IEnumerable<DemoPerson> InOtherScripts() =>
    [
        new("सुनीता", "शर्मा", Female, 44 * Year, "hi", Near),
        new("रामप्रसाद", "यादव", Male, 67 * Year, "hi", Near) { Estimated = true },
        new("पूजा", "मिश्रा", Female, 29 * Year, "hi", Near),
        new("आर्यन", "गुप्ता", Male, (7 * Year) + 40, "hi", Near),
        new("विठ्ठल", "जाधव", Male, 71 * Year, "mr", Village) { Estimated = true },
        new("मनीषा", "कुलकर्णी", Female, 36 * Year, "mr", Near),
        new("सायली", "भोसले", Female, (11 * Year) + 90, "mr", Near),
        new("முருகன்", "-", Male, 52 * Year, "ta", Near),
        new("செல்வி", "ராமசாமி", Female, 61 * Year, "ta", Near),
        new("கவிதா", "சுப்பிரமணியன்", Female, 33 * Year, "ta", Near),
        new("இனியன்", "பழனி", Male, (4 * Year) + 200, "ta", Near),
        new("వెంకటేశ్వర్లు", "రెడ్డి", Male, 58 * Year, "te", Near),
        new("లక్ష్మి", "నాయుడు", Female, 47 * Year, "te", Near),
        new("సాహితి", "గౌడ్", Female, (9 * Year) + 15, "te", Near),
        new("అనసూయ", "-", Female, 76 * Year, "te", Near) { Estimated = true },
        new("ಬಸವರಾಜ", "ಹಿರೇಮಠ", Male, 63 * Year, "kn", Near),
        new("ಗಾಯತ್ರಿ", "ಭಟ್", Female, 39 * Year, "kn", Near),
        new("ಚಿನ್ಮಯ", "ಗೌಡ", Male, (6 * Year) + 120, "kn", Near),
        new("শর্মিলা", "বন্দ্যোপাধ্যায়", Female, 55 * Year, "bn", Near),
        new("সুভাষ", "মণ্ডল", Male, 49 * Year, "bn", Near),
        new("রুমা", "দাস", Female, 27 * Year, "bn", Near),
        new("ঈশান", "সরকার", Male, (3 * Year) + 30, "bn", Near),
        new("હિતેશ", "પટેલ", Male, 46 * Year, "gu", Near),
        new("મંજુલા", "સોલંકી", Female, 69 * Year, "gu", Near) { Estimated = true },
        new("કિંજલ", "શાહ", Female, 24 * Year, "gu", Near),
        new("രാധാമണി", "നായർ", Female, 64 * Year, "ml", Near),
        new("ബിജു", "വർഗീസ്", Male, 41 * Year, "ml", Near),
        new("ദേവിക", "മേനോൻ", Female, (8 * Year) + 75, "ml", Near),
        new("ਹਰਜੀਤ", "ਸਿੰਘ", Male, 57 * Year, "pa", Near),
        new("ਜਸਲੀਨ", "ਕੌਰ", Female, 31 * Year, "pa", Near),
        new("ਫਤਿਹ", "ਸਿੰਘ", Male, (5 * Year) + 180, "pa", Near),
    ];

    private static IEnumerable<DemoPerson> WithOneName() =>
    [
        new("Zubeida", "-", Female, 66 * Year, "ur", Near) { Estimated = true },
        new("S.", "Ramesh", Male, 60 * Year, "ta", Near),
        new("A. P. K.", "Subramaniam", Male, 72 * Year, "ta", Near),
        new("Phoolmati", "Phoolmati", Female, 70 * Year, "hi", Village) { Estimated = true },
        new("Tenzin", "-", Female, 34 * Year, "en", Near),
        new("Lokanatha", ".", Male, 45 * Year, "kn", Near),
    ];

    private static IEnumerable<DemoPerson> Namesakes() =>
    [
        new("Rajesh", "Kumar", Male, (38 * Year) + 12, "hi", Near),
        new("Rajesh", "Kumar", Male, (38 * Year) + 301, "hi", Near),
        new("Rajesh", "Kumar", Male, 64 * Year, "hi", Near),
        new("Fatima", "Begum", Female, (51 * Year) + 77, "ur", Near),
        new("Fatima", "Begum", Female, (28 * Year) + 5, "ur", Near),
        new("Sunita", "Pawar", Female, (41 * Year) + 66, "mr", Near),
        new("Sunita", "Pawar", Female, (41 * Year) + 260, "mr", Near),
        new("Lakshmi", "Narayanan", Female, (35 * Year) + 100, "ta", Near),
        new("Laxmi", "Narayan", Female, (35 * Year) + 101, "kn", Near),
    ];

    private static IEnumerable<DemoPerson> Twins() =>
    [
        new("Aarohi", "Deshpande", Female, (2 * Year) + 210, "mr", Near) { Household = 1 },
        new("Aarush", "Deshpande", Male, (2 * Year) + 210, "mr", Near) { Household = 1 },
        new("Hassan", "Mirza", Male, (13 * Year) + 33, "ur", Near) { Household = 2 },
        new("Hussain", "Mirza", Male, (13 * Year) + 33, "ur", Near) { Household = 2 },
        new("Anika", "Fernandes", Female, 131, "en", Near) { Household = 3 },
        new("Alina", "Fernandes", Female, 131, "en", Near) { Household = 3 },
    ];

    private static IEnumerable<DemoPerson> Newborns() =>
    [
        new("Baby of Sirisha", "Kolli", Female, 9, "te", Near),
        new("Baby of Rekha", "Yadav", Male, 24, "hi", Near),
        new("Vihaan", "Hegde", Male, 46, "kn", Near),
        new("Ira", "Joshi", Female, 75, "mr", Near),
        new("Mohammed Ayaan", "Pathan", Male, 104, "ur", Near),
        new("Advaith", "Nair", Male, 199, "ml", Near),
        new("Gurnoor", "Kaur", Female, 283, "pa", Near),
        new("Kabir", "Rai", Male, 371, "kn", Near),
        new("Meher", "Bose", Female, 498, "bn", Near),
    ];

    private static IEnumerable<DemoPerson> Old() =>
    [
        new("Rukmini", "Thorat", Female, (101 * Year) + 60, "mr", Village) { Estimated = true },
        new("Joaquim", "Sequeira", Male, (93 * Year) + 11, "en", Near),
        new("Savitri", "Hegde", Female, (88 * Year) + 140, "kn", Near) { Estimated = true },
    ];

    private static IEnumerable<DemoPerson> OfNoListedSex() =>
    [
        new("Manjamma", "-", Other, 42 * Year, "kn", Near),
        new("Aditi", "Rao", Other, 26 * Year, "te", Near),
    ];
}
