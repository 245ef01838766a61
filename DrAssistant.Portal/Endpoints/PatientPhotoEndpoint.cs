using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives a patient's photo to the pages that show it. Whoever may not see the patient is told that there is none.</summary>
internal static class PatientPhotoEndpoint
{
    public static void MapPatientPhoto(this IEndpointRouteBuilder routes)
        => routes.MapGet("/patients/{patientId:guid}/photo", ReadAsync).RequireAuthorization(Permissions.ReadPatients);

    private static async Task<IResult> ReadAsync(Guid patientId, IPatientPhotos photos, HttpContext context)
    {
        var photo = await photos.ReadAsync(patientId, context.RequestAborted);

        // A face must not stay in a cache of a computer that many people use.
        context.Response.Headers.CacheControl = "no-store";
        return photo switch
        {
            { Value: { } found } => Results.Bytes(found.Bytes.ToArray(), found.MediaType),
            { Refusal.Kind: RefusalKind.Forbidden } => Results.StatusCode(StatusCodes.Status403Forbidden),
            _ => Results.NotFound(),
        };
    }
}
