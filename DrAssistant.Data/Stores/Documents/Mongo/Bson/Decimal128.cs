using System.Buffers.Binary;

namespace DrAssistant.Data.Stores.Documents.Mongo.Bson;

/// <summary>
/// IEEE 754-2008 decimal128 with its integer coefficient, as BSON has it. Every <see cref="decimal"/> fits into it, with its
/// trailing zeros; not the other way round.
/// </summary>
internal static class Decimal128
{
    public const int Length = 16;

    private const int Bias = 6176;
    private const int ExponentAt = 49;
    private const int ExponentMask = 0x3FFF;
    private const int LargestScale = 28;
    private const ulong CoefficientMask = (1UL << ExponentAt) - 1;
    private const ulong Sign = 1UL << 63;

    public static void Write(Span<byte> to, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var high = (uint)parts[2] | ((ulong)(Bias - value.Scale) << ExponentAt) | (parts[3] < 0 ? Sign : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(to, (uint)parts[0] | ((ulong)(uint)parts[1] << 32));
        BinaryPrimitives.WriteUInt64LittleEndian(to[sizeof(ulong)..], high);
    }

    /// <summary>False where it is no number, or one that a decimal cannot hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out decimal value)
    {
        value = 0;
        var low = BinaryPrimitives.ReadUInt64LittleEndian(from);
        var high = BinaryPrimitives.ReadUInt64LittleEndian(from[sizeof(ulong)..]);
        var exponent = (int)(high >> ExponentAt & ExponentMask) - Bias;
        var coefficient = high & CoefficientMask;
        var isSpecial = (high >> 61 & 3) == 3; // infinite, no number, or a coefficient that is larger than allowed
        if (isSpecial || coefficient >> 32 != 0 || exponent is < -LargestScale or > 0)
        {
            return false;
        }

        value = new decimal((int)low, (int)(low >> 32), (int)coefficient, (high & Sign) != 0, (byte)-exponent);
        return true;
    }
}
