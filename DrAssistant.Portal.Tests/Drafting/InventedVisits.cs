namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>Visits that never happened, in both shapes in which transcripts come.</summary>
internal static class InventedVisits
{
    public const string Knee = """
        [doctor] good morning , ms. rao . how are you ?
        [patient] um , not great .
        [doctor] so lakshmi is a 54 year old female with a past medical history significant for diabetes and asthma who presents with left knee pain .
        [patient] yes , my left knee has been hurting me for , like , three weeks now . i , i twisted it on the stairs .
        [doctor] okay . and what have you taken for the pain ?
        [patient] i took some ibuprofen but it did n't help much .
        [doctor] any fever , chills or numbness ?
        [patient] no , nothing like that .
        [doctor] are you taking your metformin ?
        [patient] yes , five hundred milligrams twice a day .
        [doctor] do you smoke ?
        [patient] no .
        [doctor] all right , let me do a quick physical exam . your blood pressure is one thirty two over eighty today .
        [doctor] on your heart exam , i do appreciate a two out of six systolic ejection murmur . your lungs are clear bilaterally . on your left knee there is some tenderness over the medial joint line . i do not see any erythema .
        [patient] okay .
        [doctor] i looked at your x-ray and it showed no fracture .
        [doctor] so for your first problem , your left knee pain , i think you have a sprain of the ligament . i want you to ice it and rest . i'm gon na prescribe meloxicam fifteen milligrams once a day .
        [patient] okay .
        [doctor] for your second problem , your diabetes , i would like to order a hemoglobin a1c . continue the metformin , okay ?
        [patient] sounds good .
        [doctor] and come back and see me in two weeks .
        """;

    public const string SmallTalk = """
        Doctor: Good morning! Did you see the match on Sunday?
        Patient: Yes, what a game. My son was so happy.
        Doctor: The weather was lovely too. We went to the lake.
        Patient: Nice. We stayed at home and watched a movie.
        """;
}
