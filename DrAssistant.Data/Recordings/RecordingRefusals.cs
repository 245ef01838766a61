using DrAssistant.Data.Common;

namespace DrAssistant.Data.Recordings;

/// <summary>The ways in which a recording says no.</summary>
internal static class RecordingRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("Recording");

    public static Refusal NoVisit { get; } = Refusal.NotFound("Visit");

    public static Refusal AnothersChart { get; } = Refusal.Invalid("This visit is another patient's. Reload the page.");

    public static Refusal NotOpen { get; } = Refusal.Conflict("This visit is not open. Only an open visit is recorded.");

    public static Refusal NoConsent { get; } = Refusal.Invalid("Say how the patient agreed to be recorded.", nameof(RecordingStart.Consent));

    public static Refusal OtherRecording { get; } = Refusal.Conflict("Another recording has this number. Begin a new one.");

    public static Refusal Withdrawn { get; } = Refusal.Conflict("The patient has withdrawn the consent. Recording has ended.");

    public static Refusal Over { get; } = Refusal.Conflict("This recording is finished and takes no more sound.");

    public static Refusal Erased { get; } = Refusal.Conflict("This recording was erased.");

    public static Refusal WrongChecksum { get; } = Refusal.Invalid("A part of the recording arrived damaged and is sent again.", nameof(RecordingPart.Sha256));

    public static Refusal OtherSound { get; } = Refusal.Conflict("Another sound came under the same number. Begin a new recording.");

    public static Refusal NoText { get; } = Refusal.NotFound("Transcript");

    public static Refusal Away { get; } = Refusal.Unavailable("The recordings cannot be reached at the moment. What was recorded is kept on this computer and sent when they are back.");
}
