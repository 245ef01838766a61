using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Ordering.Providers;

/// <summary>Where orders go: a laboratory, an imaging centre, a clinic or a hospital.</summary>
internal sealed class Provider
{
    private const int ShortestPhone = 5;

    public required Guid Id { get; init; }

    public string Name { get; private set; } = "";

    public ProviderKind Kind { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    public string? Address { get; private set; }

    /// <summary>Its own name for itself in its messages.</summary>
    public string? Facility { get; private set; }

    public bool IsActive { get; private set; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Takes over what was typed, or says what is wrong with it and takes over nothing.</summary>
    public Refusal? Become(ProviderDraft draft)
    {
        var (name, phone, email) = (PlainText.Of(draft.Name), PlainText.Of(draft.Phone), PlainText.Of(draft.Email));
        var (address, facility) = (PlainText.Of(draft.Address), PlainText.Of(draft.Facility));
        if (name.Length is 0 or > ProviderConfiguration.LongestName)
        {
            return Refusal.Invalid($"Give it a name of at most {ProviderConfiguration.LongestName} characters.", nameof(draft.Name));
        }

        if (!Enum.IsDefined(draft.Kind))
        {
            return Refusal.Invalid("Say what kind of provider it is.", nameof(draft.Kind));
        }

        if (phone.Length > ProviderConfiguration.LongestPhone
            || phone.Length > 0 && (phone.Count(char.IsAsciiDigit) < ShortestPhone || phone.Any(c => !char.IsAsciiDigit(c) && !"+-() ".Contains(c, StringComparison.Ordinal))))
        {
            return Refusal.Invalid("Write a telephone number, such as +91 80 4123 4567.", nameof(draft.Phone));
        }

        if (email.Length > ProviderConfiguration.LongestText || email.Length > 0 && (email.Contains(' ', StringComparison.Ordinal) || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            return Refusal.Invalid("Write an e-mail address, such as reports@laboratory.example.", nameof(draft.Email));
        }

        if (address.Length > ProviderConfiguration.LongestText)
        {
            return Refusal.Invalid($"An address has at most {ProviderConfiguration.LongestText} characters.", nameof(draft.Address));
        }

        if (facility.Length > ProviderConfiguration.LongestFacility)
        {
            return Refusal.Invalid($"The name in its messages has at most {ProviderConfiguration.LongestFacility} characters.", nameof(draft.Facility));
        }

        (Name, Kind, Phone, Email, Address, Facility) = (name, draft.Kind, Said(phone), Said(email), Said(address), Said(facility));
        return null;
    }

    public void Withdraw() => IsActive = false;

    public void Restore() => IsActive = true;

    private static string? Said(string text) => text.Length == 0 ? null : text;
}

internal sealed class ProviderConfiguration : IEntityTypeConfiguration<Provider>
{
    public const int LongestName = 100;
    public const int LongestPhone = 20;
    public const int LongestText = 255;
    public const int LongestFacility = 60;

    public void Configure(EntityTypeBuilder<Provider> provider)
    {
        provider.ToTable("providers");
        provider.Property(p => p.Name).HasMaxLength(LongestName);
        provider.Property(p => p.Kind).HasEnumText();
        provider.Property(p => p.Phone).HasMaxLength(LongestPhone);
        provider.Property(p => p.Email).HasMaxLength(LongestText);
        provider.Property(p => p.Address).HasMaxLength(LongestText);
        provider.Property(p => p.Facility).HasMaxLength(LongestFacility);
        provider.Property(p => p.CreatedAt).HasDefaultValueSql("now()");
        provider.Property(p => p.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();

        // xmin: two admins changing one entry must not overwrite each other silently.
        provider.Property<uint>("xmin").IsRowVersion();
    }
}
