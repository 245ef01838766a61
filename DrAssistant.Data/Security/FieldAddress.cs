using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Security;

/// <summary>
/// Where a protected text lies. It is sealed into the text: copied into another row or column, the text is refused.
/// </summary>
internal readonly record struct FieldAddress
{
    public FieldAddress(string table, string column, Guid row)
    {
        // The parts are joined by a bar, so none may hold one: two addresses must never read the same.
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentException.ThrowIfNullOrEmpty(column);
        if (table.Contains('|', StringComparison.Ordinal) || column.Contains('|', StringComparison.Ordinal))
        {
            throw new ArgumentException("A table or column name holds no bar.", nameof(table));
        }

        (Table, Column, Row) = (table, column, row);
    }

    public string Table { get; }
    public string Column { get; }
    public Guid Row { get; }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Table}|{Column}|{Row:D}"));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Table}.{Column} of {Row:D}");
}
