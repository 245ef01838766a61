using DrAssistant.Data.Stores.Cache;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Messages;

/// <summary>Registers the way between portals that <c>Stores:Cache:Kind</c> names.</summary>
internal static class BroadcastRegistration
{
    public static void AddBroadcast(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CacheOptions>().Bind(configuration.GetSection(CacheOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddSingleton<PostgresBroadcast>();
        services.AddHostedService(provider => provider.GetRequiredService<PostgresBroadcast>());
        if (!CacheOptions.SaysRedis(configuration))
        {
            services.AddSingleton<IBroadcast>(provider => provider.GetRequiredService<PostgresBroadcast>());
            services.AddSingleton<ICache, LocalCache>();
            return;
        }

        services.AddSingleton<RedisServer>();
        services.AddSingleton<RedisCache>();
        services.AddSingleton<ICache>(provider => provider.GetRequiredService<RedisCache>());
        services.AddSingleton<RedisBroadcast>();
        services.AddSingleton<IBroadcast>(provider => provider.GetRequiredService<RedisBroadcast>());
        services.AddHostedService(provider => provider.GetRequiredService<RedisBroadcast>());
    }
}
