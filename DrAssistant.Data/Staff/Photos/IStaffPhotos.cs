using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.Photos;

/// <summary>The door to pictures of those who work here. A person sets their own, an admin anybody's; everybody who is signed in may see them.</summary>
public interface IStaffPhotos
{
    /// <summary>Where the portal serves the picture of the person who is signed in; null where there is none.</summary>
    Task<Result<string?>> MyAddressAsync(CancellationToken cancellation);

    Task<Result<PhotoContent>> ReadAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>Takes in a JPEG, PNG or WebP picture of at most 400 KB in place of the earlier one, and says where it is served.</summary>
    Task<Result<string>> SetAsync(Guid accountId, ReadOnlyMemory<byte> photo, CancellationToken cancellation);

    Task<Result<bool>> RemoveAsync(Guid accountId, CancellationToken cancellation);
}
