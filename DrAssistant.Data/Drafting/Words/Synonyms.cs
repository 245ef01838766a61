namespace DrAssistant.Data.Drafting.Words;

/// <summary>One name for what is said in several ways: "I'm dizzy" is dizziness in a note.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["hurt"] = "pain", ["hurts"] = "pain", ["hurting"] = "pain", ["painful"] = "pain", ["pains"] = "pain", ["ache"] = "pain", ["aches"] = "pain", ["aching"] = "pain", ["achy"] = "pain", ["sore"] = "soreness",
        ["swollen"] = "swelling", ["swells"] = "swelling", ["stiff"] = "stiffness", ["coughing"] = "cough", ["itchy"] = "itching", ["numb"] = "numbness", ["numbing"] = "numbness", ["dizzy"] = "dizziness", ["nauseous"] = "nausea",
        ["throwing up"] = "vomiting", ["throw up"] = "vomiting", ["wheeze"] = "wheezing", ["anxious"] = "anxiety", ["fatigued"] = "fatigue", ["bruise"] = "bruising", ["bruises"] = "bruising", ["short of breath"] = "shortness of breath",
        ["fevers"] = "fever", ["headaches"] = "headache", ["chest pains"] = "chest pain", ["tremors"] = "tremor", ["migraines"] = "migraine", ["cramps"] = "cramping", ["bloated"] = "bloating", ["lightheaded"] = "lightheadedness", ["fainted"] = "fainting", ["sweats"] = "sweating", ["blurry vision"] = "blurred vision",
        ["depressed"] = "depression", ["stressed"] = "stress", ["redness"] = "redness", ["tender"] = "tenderness", ["murmurs"] = "murmur", ["winded"] = "shortness of breath", ["passed out"] = "loss of consciousness", ["lost weight"] = "weight loss", ["gained weight"] = "weight gain",
        ["catch my breath"] = "difficulty breathing", ["trouble breathing"] = "difficulty breathing", ["stuffy nose"] = "nasal congestion", ["trouble sleeping"] = "insomnia", ["trouble swallowing"] = "difficulty swallowing", ["hard to swallow"] = "difficulty swallowing",
    };

    public static string Of(string term) => Names.GetValueOrDefault(term, term);
}
