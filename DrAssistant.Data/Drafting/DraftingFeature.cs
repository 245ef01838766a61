using DrAssistant.Data.Drafting.Model;
using DrAssistant.Data.Drafting.Review;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Drafting;

/// <summary>Registers the drafting of notes.</summary>
internal static class DraftingFeature
{
    public static void AddDrafting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DraftingOptions>().Bind(configuration.GetSection(DraftingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DraftingOptions>, DraftingOptionsValidator>();

        // Made at the first draft by a model, and never where none is switched on.
        services.AddSingleton(provider => new ModelDrafter(provider.GetRequiredService<IOptions<DraftingOptions>>().Value.Model));
        services.AddSingleton(provider => new Lazy<ModelDrafter>(provider.GetRequiredService<ModelDrafter>));
        services.AddScoped<INoteDrafting, NoteDraftingService>();
        services.AddScoped<DraftStore>();
        services.AddScoped<DraftReader>();
        services.AddScoped<DraftCharts>();
        services.AddScoped<IDraftReviews, DraftReviewService>();
    }
}
