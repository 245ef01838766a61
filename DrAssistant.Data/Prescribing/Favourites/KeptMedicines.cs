using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Prescribing.Favourites;

/// <summary>A medicine with its directions that a doctor keeps for the next patient.</summary>
internal sealed class KeptFavourite
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>A <see cref="MedicineLineDraft"/>.</summary>
    public required JsonElement Line { get; init; }

    /// <summary>Two that say the same have the same.</summary>
    public required string Fingerprint { get; init; }

    public int Uses { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Several medicines that go together, of one doctor or of the practice.</summary>
internal sealed class KeptSet
{
    public required Guid Id { get; init; }

    /// <summary>Null for the practice's.</summary>
    public Guid? OwnerId { get; init; }

    public required Guid MadeBy { get; init; }

    public required string Name { get; set; }

    public required JsonElement Lines { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class KeptFavouriteConfiguration : IEntityTypeConfiguration<KeptFavourite>
{
    public void Configure(EntityTypeBuilder<KeptFavourite> favourite)
    {
        favourite.ToTable("favourite_medicines");
        favourite.Property(f => f.Fingerprint).HasMaxLength(64);
        favourite.Property(f => f.CreatedAt).HasDefaultValueSql("now()");
    }
}

internal sealed class KeptSetConfiguration : IEntityTypeConfiguration<KeptSet>
{
    public void Configure(EntityTypeBuilder<KeptSet> set)
    {
        set.ToTable("medicine_sets");
        set.Property(s => s.Name).HasMaxLength(MedicineSetDraft.LongestName);
        set.Property(s => s.CreatedAt).HasDefaultValueSql("now()");
    }
}

/// <summary>Lines as they are kept without a patient, and as they are shown.</summary>
internal static class KeptLines
{
    public static JsonElement Keep(MedicineLineView line) => JsonSerializer.SerializeToElement(Of(line));

    public static JsonElement Keep(IEnumerable<MedicineLineView> lines) => JsonSerializer.SerializeToElement(lines.Select(Of));

    /// <summary>Two lines that say the same have the same.</summary>
    public static string FingerprintOf(JsonElement kept) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kept.GetRawText())));

    public static MedicineLineView View(JsonElement kept, FormularySnapshot formulary, DateOnly today) => View(kept.Deserialize<KeptLine>()!, formulary, today);

    public static IReadOnlyList<MedicineLineView> Views(JsonElement kept, FormularySnapshot formulary, DateOnly today)
        => [.. kept.Deserialize<List<KeptLine>>()!.Select((line, n) => View(line, formulary, today) with { Position = n })];

    private static MedicineLineView View(KeptLine kept, FormularySnapshot formulary, DateOnly today)
    {
        var line = kept.Draft();
        var item = LineWriter.Empty(line.Id, Guid.Empty, Guid.Empty);
        return LineWriter.Fill(item, line, formulary, today, isLenient: true) is null
            ? LineViews.Of(item, 0, formulary, draft: true)
            : new MedicineLineView(line.Id, 0, line.MedicineId, line.Name ?? line.MedicineId ?? "", line.MedicineId is not null, null, [])
            {
                Form = line.Form,
                Strength = line.Strength,
                Dose = line.Dose,
                Frequency = line.Frequency,
                Duration = line.Duration,
                IsWithdrawn = true,
            };
    }

    private static KeptLine Of(MedicineLineView view)
    {
        var line = LineViews.Again(view);
        return new KeptLine(
            line.MedicineId, line.Name, line.Brand, line.Form, line.Strength, line.Dose, line.Frequency, line.Duration, line.Route, line.Food, line.Instructions, line.Quantity,
            line.Refills);
    }

    private sealed record KeptLine(
        string? MedicineId, string? Name, string? Brand, string? Form, string? Strength, string? Dose, string? Frequency, string? Duration, string? Route, string? Food,
        string? Instructions, string? Quantity, int Refills)
    {
        public MedicineLineDraft Draft() => new()
        {
            MedicineId = MedicineId,
            Name = Name,
            Brand = Brand,
            Form = Form,
            Strength = Strength,
            Dose = Dose,
            Frequency = Frequency,
            Duration = Duration,
            Route = Route,
            Food = Food,
            Instructions = Instructions,
            Quantity = Quantity,
            Refills = Refills,
        };
    }
}
