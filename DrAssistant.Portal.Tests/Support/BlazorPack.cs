using System.Buffers.Binary;
using System.Text;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// What a circuit's messages look like on the wire: MessagePack in frames with their length before them. Written by hand,
/// so that a test can also say what no browser would.
/// </summary>
internal static class BlazorPack
{
    public static readonly byte[] Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();

    public static readonly byte[] Ping = [2, 0x91, 6];

    /// <summary>A call that wants an answer when <paramref name="id"/> is given.</summary>
    public static byte[] Invocation(string? id, string target, params object?[] arguments)
    {
        var body = new List<byte>();
        Write(body, new object?[] { 1L, new Dictionary<string, object?>(), id, target, arguments, Array.Empty<object?>() });
        return [.. LengthOf(body.Count), .. body];
    }

    /// <summary>Every message in <paramref name="bytes"/>, as arrays of what they hold.</summary>
    public static IEnumerable<object?[]> Messages(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var (length, prefix) = ReadLength(bytes.Span);
            var at = prefix;
            yield return (object?[])Read(bytes.Span, ref at)!;
            bytes = bytes[(prefix + length)..];
        }
    }

    /// <summary>Whether <paramref name="bytes"/> end where a message ends.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var (length, prefix) = ReadLength(bytes);
            if (prefix == 0 || prefix + length > bytes.Length)
            {
                return false;
            }

            bytes = bytes[(prefix + length)..];
        }

        return true;
    }

    private static byte[] LengthOf(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }

    private static (int Length, int Prefix) ReadLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) == 0)
            {
                return (length, i + 1);
            }
        }

        return (0, 0);
    }

    private static void Write(List<byte> to, object? value)
    {
        switch (value)
        {
            case null: to.Add(0xc0); break;
            case bool b: to.Add(b ? (byte)0xc3 : (byte)0xc2); break;
            case long n: to.AddRange([0xd3, .. BigEndian(n)]); break;
            case string s:
                var text = Encoding.UTF8.GetBytes(s);
                to.AddRange([0xdb, .. BigEndian((uint)text.Length), .. text]);
                break;
            case object?[] items:
                to.AddRange([0xdd, .. BigEndian((uint)items.Length)]);
                foreach (var item in items)
                {
                    Write(to, item);
                }

                break;
            case Dictionary<string, object?> { Count: 0 }: to.Add(0x80); break;
            default: throw new ArgumentException("Not a value of these messages.", nameof(value));
        }
    }

    private static object? Read(ReadOnlySpan<byte> from, ref int at)
    {
        var kind = from[at++];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Map(from, ref at, kind & 0x0f),
            < 0xa0 => Items(from, ref at, kind & 0x0f),
            < 0xc0 => Text(from, ref at, kind & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Bytes(from, ref at, (int)Number(from, ref at, 1)),
            0xc5 => Bytes(from, ref at, (int)Number(from, ref at, 2)),
            0xc6 => Bytes(from, ref at, (int)Number(from, ref at, 4)),
            0xcb => BitConverter.Int64BitsToDouble(Number(from, ref at, 8)),
            >= 0xcc and <= 0xcf => Number(from, ref at, 1 << (kind - 0xcc)),
            >= 0xd0 and <= 0xd3 => Number(from, ref at, 1 << (kind - 0xd0)),
            0xd9 => Text(from, ref at, (int)Number(from, ref at, 1)),
            0xda => Text(from, ref at, (int)Number(from, ref at, 2)),
            0xdb => Text(from, ref at, (int)Number(from, ref at, 4)),
            0xdc => Items(from, ref at, (int)Number(from, ref at, 2)),
            0xdd => Items(from, ref at, (int)Number(from, ref at, 4)),
            0xde => Map(from, ref at, (int)Number(from, ref at, 2)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new FormatException($"The circuit sent a {kind:x2}, which its messages have no use for."),
        };
    }

    private static object?[] Items(ReadOnlySpan<byte> from, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(from, ref at);
        }

        return items;
    }

    private static object? Map(ReadOnlySpan<byte> from, ref int at, int count)
    {
        Items(from, ref at, count * 2);
        return null;
    }

    private static string Text(ReadOnlySpan<byte> from, ref int at, int length) => Encoding.UTF8.GetString(Bytes(from, ref at, length));

    private static byte[] Bytes(ReadOnlySpan<byte> from, ref int at, int length)
    {
        at += length;
        return from.Slice(at - length, length).ToArray();
    }

    private static long Number(ReadOnlySpan<byte> from, ref int at, int length)
    {
        long number = 0;
        for (var end = at + length; at < end; at++)
        {
            number = (number << 8) | from[at];
        }

        return number;
    }

    private static byte[] BigEndian(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
