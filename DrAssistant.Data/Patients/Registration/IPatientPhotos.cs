using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>The door to patients' photos: small pictures by which a face is recognised at the desk and in the chart.</summary>
public interface IPatientPhotos
{
    Task<Result<PhotoContent>> ReadAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>Takes in a JPEG, PNG or WebP picture of at most 400 KB in place of the earlier one, and says when.</summary>
    Task<Result<DateTimeOffset>> SetAsync(Guid patientId, ReadOnlyMemory<byte> photo, CancellationToken cancellation);

    /// <summary>Takes the photo away; its bytes are gone from the row.</summary>
    Task<Result<bool>> RemoveAsync(Guid patientId, CancellationToken cancellation);
}
