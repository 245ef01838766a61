using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Ordering.Messages.Senders;

/// <summary>A laboratory's right to send results (table <c>result_senders</c>). It holds a key; here is only the key's SHA-256.</summary>
internal sealed class ResultSender
{
    public required Guid Id { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>Which of its systems: "Main analyser".</summary>
    public required string Name { get; init; }

    public required byte[] KeyHash { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Guid? RevokedBy { get; private set; }

    /// <summary>The key opens nothing from here on. Said twice is said once.</summary>
    public void Revoke(Guid by, DateTimeOffset now) => (RevokedAt, RevokedBy) = (RevokedAt ?? now, RevokedBy ?? by);

    public void Use(DateTimeOffset now) => LastUsedAt = now;
}

internal sealed class ResultSenderConfiguration : IEntityTypeConfiguration<ResultSender>
{
    public const int LongestName = 100;

    public void Configure(EntityTypeBuilder<ResultSender> sender)
    {
        sender.ToTable("result_senders");
        sender.Property(s => s.Name).HasMaxLength(LongestName);
    }
}
