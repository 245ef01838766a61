using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting;

/// <summary>One person's turn: the stretch of the text, without the name before it.</summary>
internal sealed record Turn(Speaker Speaker, int Start, int End, IReadOnlyList<Word> Words);

/// <summary>A visit as text, cut into turns. Every position is one of the text as it came in.</summary>
internal sealed partial record Transcript(string Text, IReadOnlyList<Turn> Turns)
{
    private static readonly string[] DoctorsWords =
    [
        "your blood pressure", "on your", "let me", "i am going to", "i want you to", "would like you to", "do you have", "are you", "have you", "physical exam", "i will order", "refer you", "prescribe", "your exam", "follow up", "any questions", "for your",
    ];

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>Turns, who speaks them, and their words.</summary>
    /// <param name="text">A line a turn.</param>
    /// <param name="breaks">Where another recording begins. Nobody's turn goes over it, and its second speaker may be another one's first.</param>
    public static Transcript Read(string text, IReadOnlyList<int>? breaks = null)
    {
        var turns = new List<Turn>();
        var at = 0;
        foreach (var end in (breaks ?? []).Append(text.Length))
        {
            turns.AddRange(Settled(Cut(text, at, end)));
            at = end;
        }

        return new Transcript(text, turns);
    }

    private static List<Turn> Cut(string text, int at, int to)
    {
        var turns = new List<Turn>();
        while (at < to)
        {
            var end = text.IndexOf('\n', at, to - at);
            end = end < 0 ? to : end;
            Add(turns, text, at, end);
            at = end + 1;
        }

        return turns;
    }

    private static void Add(List<Turn> turns, string text, int start, int end)
    {
        var name = Named().Match(text, start, end - start);
        var from = name.Success ? name.Index + name.Length : start;
        var speaker = name.Success ? SpeakerOf(name.Groups["name"].Value) : turns.Count > 0 ? turns[^1].Speaker : Speaker.Unknown;
        var words = Cleaned(text, from, end);
        if (words.Count > 0)
        {
            turns.Add(new Turn(speaker, from, end, words));
        }
    }

    internal static List<Word> Cleaned(string text, int from, int to) => SpokenNumbers.Write(Fillers.Remove(Contractions.Spell(Word.Read(text, from, to))));

    private static Speaker SpeakerOf(string name)
    {
        var word = name.Trim().ToLowerInvariant();
        return word switch
        {
            _ when word.Contains("guest", StringComparison.Ordinal) || word.Contains("family", StringComparison.Ordinal) || word.Contains("companion", StringComparison.Ordinal)
                || word is "mother" or "father" or "wife" or "husband" or "daughter" or "son" or "parent" or "caregiver" or "attendant" => Speaker.Companion,
            _ when word.StartsWith("doc", StringComparison.Ordinal) || word.StartsWith("dr", StringComparison.Ordinal) || word is "clinician" or "physician" or "provider" or "nurse" => Speaker.Doctor,
            _ when word.StartsWith("pat", StringComparison.Ordinal) || word is "pt" or "client" => Speaker.Patient,
            _ => Speaker.Unknown,
        };
    }

    /// <summary>Who is who where the labels do not say it, or say it the wrong way round: a transcription that numbers its speakers does not know which is the doctor.</summary>
    private static List<Turn> Settled(List<Turn> turns)
    {
        if (turns.Any(t => t.Speaker == Speaker.Doctor))
        {
            var swapped = Evidence(turns, Speaker.Patient) >= 4 && Evidence(turns, Speaker.Patient) > 2 * Evidence(turns, Speaker.Doctor);
            return swapped ? [.. turns.Select(t => t with { Speaker = t.Speaker switch { Speaker.Doctor => Speaker.Patient, Speaker.Patient => Speaker.Doctor, _ => t.Speaker } })] : turns;
        }

        return [.. turns.Select(t => t.Speaker == Speaker.Unknown ? t with { Speaker = Evidence(t) > 0 ? Speaker.Doctor : Speaker.Patient } : t)];
    }

    private static int Evidence(List<Turn> turns, Speaker speaker) => turns.Where(t => t.Speaker == speaker).Sum(Evidence);

    private static int Evidence(Turn turn)
    {
        var text = " " + string.Join(' ', turn.Words.Select(w => w.Text)) + " ";
        return DoctorsWords.Count(phrase => text.Contains(" " + phrase + " ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\G\s*(?:\[(?<name>[^\]\n]{1,30})\]|(?<name>(?:[A-Z][\w.]*|dr\.?|speaker)(?:[ _]\w+){0,2})\s*:)\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
