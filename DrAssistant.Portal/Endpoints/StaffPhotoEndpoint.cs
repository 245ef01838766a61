using DrAssistant.Data.Staff.Photos;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives the picture of somebody who works here to the pages that show it, for whoever is signed in.</summary>
internal static class StaffPhotoEndpoint
{
    public static void MapStaffPhoto(this IEndpointRouteBuilder routes)
        => routes.MapGet("/staff/{accountId:guid}/photo", ReadAsync).RequireAuthorization();

    private static async Task<IResult> ReadAsync(Guid accountId, IStaffPhotos photos, HttpContext context)
    {
        var photo = await photos.ReadAsync(accountId, context.RequestAborted);

        // The address changes with the picture, so the browser of one person may keep it for the day; a shared cache may not.
        context.Response.Headers.CacheControl = photo.Succeeded ? "private, max-age=86400" : "no-store";
        return photo.Value is { } found ? Results.Bytes(found.Bytes.ToArray(), found.MediaType) : Results.NotFound();
    }
}
