using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>An entry of a bundle; its bytes are valid until the next one is read.</summary>
internal readonly record struct BundleEntry(int Index, ReadOnlyMemory<byte> Json);

/// <summary>Reads a bundle entry by entry: one entry is in memory at a time, whatever the size of the file.</summary>
internal sealed class BundleReader(Stream stream) : IDisposable
{
    internal const int MostDepth = 256;
    private const int FirstBuffer = 64 * 1024;
    private const int LargestEntry = 64 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private bool _atEnd;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MostDepth });
    private Place _place = Place.Before;
    private int _entries;

    private enum Place
    {
        Before,
        Top,
        Entries,
        After,
    }

    private enum Step
    {
        Moved,
        Entry,
        NeedMore,
        Finished,
    }

    public string? ResourceType { get; private set; }

    /// <summary>transaction, collection, searchset and others.</summary>
    public string? BundleType { get; private set; }

    /// <summary>Why reading stopped before the end of the file.</summary>
    public string? Broken { get; private set; }

    public async IAsyncEnumerable<BundleEntry> EntriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
        {
            _start += 3;
        }

        while (Broken is null)
        {
            switch (Advance(out var entry))
            {
                case Step.Entry:
                    yield return new BundleEntry(_entries++, entry);
                    break;
                case Step.NeedMore:
                    await FillAsync(cancellation);
                    break;
                case Step.Finished:
                    yield break;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    /// <summary>One token or one entry further. Nothing moves unless the whole of it is in the buffer.</summary>
    private Step Advance(out ReadOnlyMemory<byte> entry)
    {
        entry = default;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _atEnd, _state);
        try
        {
            if (!reader.Read())
            {
                return _atEnd ? Step.Finished : Step.NeedMore;
            }

            var first = (int)reader.TokenStartIndex;
            var step = _place switch
            {
                Place.Before => Begin(ref reader),
                Place.Top => Property(ref reader),
                Place.Entries => Item(ref reader),
                _ => Step.Moved,
            };
            if (step is Step.Entry)
            {
                entry = _buffer.AsMemory(_start + first, (int)reader.BytesConsumed - first);
            }

            if (step is not Step.NeedMore)
            {
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
            }

            return step;
        }
        catch (JsonException e)
        {
            Broken = $"the JSON is broken in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; what stands before it was read";
            return Step.Finished;
        }
    }

    private Step Begin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Broken = "is not a bundle";
            return Step.Finished;
        }

        _place = Place.Top;
        return Step.Moved;
    }

    private Step Property(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            _place = Place.After;
            return Step.Moved;
        }

        var (isEntry, isResourceType, isType) =
            (reader.ValueTextEquals("entry"u8), reader.ValueTextEquals("resourceType"u8), reader.ValueTextEquals("type"u8));
        if (!reader.Read())
        {
            return Step.NeedMore;
        }

        if (isEntry && reader.TokenType == JsonTokenType.StartArray)
        {
            _place = Place.Entries;
            return Step.Moved;
        }

        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (!reader.TrySkip())
        {
            return Step.NeedMore;
        }

        ResourceType = isResourceType ? text : ResourceType;
        BundleType = isType ? text : BundleType;
        return Step.Moved;
    }

    private Step Item(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Top;
            return Step.Moved;
        }

        return reader.TrySkip() ? Step.Entry : Step.NeedMore;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LargestEntry)
            {
                Broken = $"entry[{_entries}] is larger than {LargestEntry / 1024 / 1024} MB; what stands before it was read";
                return;
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _atEnd = read == 0;
    }
}
