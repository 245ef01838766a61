using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Data.Notes.Texts;

/// <summary>A template or a shortcut that somebody made for themselves.</summary>
internal sealed class NoteText
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required NoteTextKind Kind { get; init; }

    /// <summary>A template's name, or a shortcut's key.</summary>
    public required string Name { get; set; }

    public NoteSection Section { get; set; }

    /// <summary>A shortcut's words, or the content of a template as JSON.</summary>
    public required string Body { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }
}

internal enum NoteTextKind
{
    Template,
    Shortcut,
}

internal sealed class NoteTextConfiguration : IEntityTypeConfiguration<NoteText>
{
    public void Configure(EntityTypeBuilder<NoteText> text)
    {
        text.ToTable("note_texts");
        text.Property(t => t.Kind).HasEnumText();
        text.Property(t => t.Section).HasEnumText();
        text.Property(t => t.Name).HasMaxLength(60);
    }
}
