using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Ordering.Messages.Files;

/// <summary>A file or a request with one message or ten thousand (table <c>result_files</c>). What was read of it is known by position.</summary>
internal sealed class ResultFile
{
    public required Guid Id { get; init; }

    /// <summary>Whose key it came with; null for a file of the folder or of a command.</summary>
    public Guid? SenderId { get; init; }

    public string? Name { get; init; }

    public required byte[] Digest { get; init; }

    public required MessageFormat Format { get; init; }

    public ResultFileStatus Status { get; private set; } = ResultFileStatus.Waiting;

    public int? Total { get; private set; }

    public int Filed { get; private set; }

    public int Unmatched { get; private set; }

    public int Refused { get; private set; }

    public int Repeated { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>Ciphertext, until all of it was read.</summary>
    public byte[]? Content { get; private set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public bool IsFinished => Status is ResultFileStatus.Done or ResultFileStatus.Refused;

    public void Keep(byte[] sealedContent) => Content = sealedContent;

    public void Begin(int total) => (Status, Total) = (ResultFileStatus.Working, total);

    public void Finish(DateTimeOffset now) => (Status, FinishedAt, Content) = (ResultFileStatus.Done, now, null);

    /// <summary>Nothing of it was read.</summary>
    public void Refuse(string problem, DateTimeOffset now)
        => (Status, Problem, FinishedAt, Content) = (ResultFileStatus.Refused, problem, now, null);

    public ResultFileLine Line(string? sender) => new(
        Id, Name, sender, Format, Status, Total, Filed, Unmatched, Refused, Repeated, Problem, ReceivedAt, FinishedAt);
}

public enum ResultFileStatus
{
    Waiting,
    Working,
    Done,
    Refused,
}

/// <summary>What became of one message (table <c>result_messages</c>).</summary>
internal sealed class ResultMessage
{
    public required Guid Id { get; init; }

    public required Guid FileId { get; init; }

    public required int Position { get; init; }

    public required string Sender { get; init; }

    public string? ControlId { get; init; }

    public required byte[] Digest { get; init; }

    public required ResultMessageStatus Status { get; set; }

    public string? Problem { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

public enum ResultMessageStatus
{
    Filed,
    Unmatched,
    Refused,
    Repeated,
}

/// <summary>What nobody could place (table <c>unmatched_results</c>): whose it is stands in the ciphertext alone.</summary>
internal sealed class UnmatchedResult
{
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required int Position { get; init; }

    public required UnmatchedReason Why { get; init; }

    public required byte[] Content { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? SettledAt { get; private set; }

    public Guid? SettledBy { get; private set; }

    public UnmatchedSettling? SettledAs { get; private set; }

    public string? SettledWords { get; private set; }

    public void Settle(UnmatchedSettling settling, string? words, Guid by, DateTimeOffset now)
        => (SettledAs, SettledWords, SettledBy, SettledAt) = (settling, words, by, now);
}

public enum UnmatchedSettling
{
    Attached,
    Dismissed,
}

internal sealed class ResultFileConfiguration : IEntityTypeConfiguration<ResultFile>
{
    public void Configure(EntityTypeBuilder<ResultFile> file)
    {
        file.ToTable("result_files");
        file.Property(f => f.Format).HasConversion(format => format == MessageFormat.Fhir ? "fhir" : "hl7v2", word => word == "fhir" ? MessageFormat.Fhir : MessageFormat.Hl7v2).HasMaxLength(10);
        file.Property(f => f.Name).HasMaxLength(255);
        file.Property(f => f.Problem).HasMaxLength(500);
        file.Property(f => f.Status).HasEnumText();
        file.Ignore(f => f.IsFinished);
    }
}

internal sealed class ResultMessageConfiguration : IEntityTypeConfiguration<ResultMessage>
{
    public void Configure(EntityTypeBuilder<ResultMessage> message)
    {
        message.ToTable("result_messages");
        message.Property(m => m.Status).HasEnumText();
        message.Property(m => m.Sender).HasMaxLength(100);
        message.Property(m => m.ControlId).HasMaxLength(200);
        message.Property(m => m.Problem).HasMaxLength(500);
        message.HasOne<ResultFile>().WithMany().HasForeignKey(m => m.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnmatchedResultConfiguration : IEntityTypeConfiguration<UnmatchedResult>
{
    public void Configure(EntityTypeBuilder<UnmatchedResult> unmatched)
    {
        unmatched.ToTable("unmatched_results");
        unmatched.Property(u => u.Why).HasEnumText(30);
        unmatched.Property(u => u.SettledAs).HasEnumText();
        unmatched.Property(u => u.SettledWords).HasMaxLength(500);
        unmatched.HasOne<ResultMessage>().WithMany().HasForeignKey(u => u.MessageId).OnDelete(DeleteBehavior.Restrict);

        // xmin: two people may take the same line of the work-list.
        unmatched.Property<uint>("xmin").IsRowVersion();
    }
}
