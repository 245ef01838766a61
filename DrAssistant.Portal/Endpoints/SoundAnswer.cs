using System.Net.Http.Headers;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// Plays a recording to the page that shows it: whole, or the stretch that is asked for (RFC 9110, 14). It is opened a megabyte at a time, and kept by no cache.
/// </summary>
internal static class SoundAnswer
{
    private const int Stretch = 1024 * 1024;

    public static async Task WriteAsync(Guid recordingId, HttpContext context, IRecordings recordings)
    {
        var (answer, cancellation) = (context.Response, context.RequestAborted);
        answer.Headers.CacheControl = "no-store";
        answer.Headers.AcceptRanges = "bytes";
        var asked = RangeOf(context.Request);
        if (asked is { From: null, To: { } last })
        {
            // The last so many bytes: how many there are in all is asked first, and is no hearing.
            var about = await recordings.ListenAsync(recordingId, 1, 0, cancellation);
            asked = about.Value is { } whole ? new RangeItemHeaderValue(Math.Max(0, whole.TotalLength - last), null) : null;
        }

        var at = asked?.From ?? 0;
        var first = await recordings.ListenAsync(recordingId, at, LengthOf(asked, at), cancellation);
        if (first.Value is not { } sound)
        {
            answer.StatusCode = RecordingEndpoints.StatusOf(first.Refusal!);
            await answer.WriteAsJsonAsync(new { problem = first.Refusal!.Message }, cancellation);
            return;
        }

        if (at >= sound.TotalLength)
        {
            answer.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            answer.Headers.ContentRange = FormattableString.Invariant($"bytes */{sound.TotalLength}");
            return;
        }

        var end = Math.Min(asked?.To is { } to ? to + 1 : long.MaxValue, sound.TotalLength);
        answer.ContentType = sound.MimeType;
        answer.ContentLength = end - at;
        if (asked is not null)
        {
            answer.StatusCode = StatusCodes.Status206PartialContent;
            answer.Headers.ContentRange = FormattableString.Invariant($"bytes {at}-{end - 1}/{sound.TotalLength}");
        }

        await PlayAsync(recordingId, recordings, answer, sound, at, end, cancellation);
    }

    private static async Task PlayAsync(Guid id, IRecordings recordings, HttpResponse answer, RecordedSound sound, long at, long end, CancellationToken cancellation)
    {
        while (true)
        {
            var takes = (int)Math.Min(sound.Bytes.Length, end - at);
            await answer.Body.WriteAsync(sound.Bytes[..takes], cancellation);
            at += takes;
            if (at >= end)
            {
                return;
            }

            var more = await recordings.ListenAsync(id, at, (int)Math.Min(Stretch, end - at), cancellation);
            if (more.Value is not { Bytes.Length: > 0 } next)
            {
                answer.HttpContext.Abort(); // erased meanwhile, or a store went away: a length was promised, so this is no end
                return;
            }

            sound = next;
        }
    }

    private static int LengthOf(RangeItemHeaderValue? asked, long at) => asked?.To is { } to ? (int)Math.Clamp(to - at + 1, 0, Stretch) : Stretch;

    /// <summary>One range of bytes; none where there is none, or what is asked for is something else and the whole is the answer.</summary>
    private static RangeItemHeaderValue? RangeOf(HttpRequest request)
        => RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && range.Unit == "bytes" && range.Ranges.Count == 1 ? range.Ranges.Single() : null;
}
