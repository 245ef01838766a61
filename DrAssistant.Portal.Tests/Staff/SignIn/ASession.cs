using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

/// <summary>Kept in PostgreSQL alone.</summary>
public sealed class ASession(ClinicDatabase databases) : SessionContract
{
    private protected override Task<SignInClinic> OpenAsync() => SignInClinic.OpenAsync(databases);
}

/// <summary>Copied into a real Redis.</summary>
public sealed class ASessionInRedis(ClinicDatabase databases) : SessionContract, IAsyncDisposable
{
    private RedisUnderTest? _redis;

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private protected override async Task<SignInClinic> OpenAsync()
        => await SignInClinic.OpenAsync(databases, _redis = await RedisUnderTest.StartAsync());
}
