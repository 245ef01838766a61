using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Search.Saved;

/// <summary>A saved search as it is kept: nothing of it is readable without the key ring.</summary>
internal sealed class StoredSearch
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>Name, words and filters as JSON; ciphertext.</summary>
    public required byte[] Content { get; set; }

    public required DateTimeOffset SavedAt { get; set; }
}

internal sealed class StoredSearchConfiguration : IEntityTypeConfiguration<StoredSearch>
{
    public void Configure(EntityTypeBuilder<StoredSearch> search) => search.ToTable("saved_searches");
}
