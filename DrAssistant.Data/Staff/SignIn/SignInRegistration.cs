using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.Photos;
using DrAssistant.Data.Staff.SecondFactor;
using DrAssistant.Data.Stores.Cache;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

internal static class SignInRegistration
{
    /// <summary>Sign-in, sessions, and Identity's rules for accounts over the clinic's own table of users.</summary>
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>().Bind(configuration.GetSection(SessionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = StaffPasswords.Rounds);

        // Before Identity's own, which then stay out: one set of password rules, one hasher for everybody.
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<IPasswordValidator<StaffMember>>(provider => provider.GetRequiredService<PasswordRules>());
        services.AddSingleton<IPasswordHasher<StaffMember>, PasswordHasher<StaffMember>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<StaffMember>(identity =>
        {
            identity.User.RequireUniqueEmail = true;

            // No @: a user name must never be taken for somebody's e-mail address.
            identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
        }).AddEntityFrameworkStores<ClinicDb>();

        services.AddSingleton<StaffPasswords>();
        services.AddSingleton<StaffAccounts>();
        services.AddSingleton<PasswordJudge>();
        services.AddScoped<PasswordConfirmation>();
        services.AddScoped<ISignIn, SignInService>();
        services.AddScoped<ISessions, SessionStore>();
        services.AddScoped<IDraftKeys, DraftKeys>();
        services.AddAccounts();
        services.AddSecondFactor(configuration);
        services.AddSingleton<SessionNews>();
        services.AddSingleton<ISessionNews>(provider => provider.GetRequiredService<SessionNews>());
        services.AddHostedService(provider => provider.GetRequiredService<SessionNews>());
        services.AddSessionCopies(configuration);
    }

    /// <summary>Where there is Redis, most requests know their session without asking PostgreSQL.</summary>
    private static void AddSessionCopies(this IServiceCollection services, IConfiguration configuration)
    {
        if (!CacheOptions.SaysRedis(configuration))
        {
            services.AddSingleton<ISessionCopies, NoSessionCopies>();
            return;
        }

        services.AddSingleton<ISessionCopies, RedisSessionCopies>();
        services.AddSingleton<LatelyEnded>();
        services.AddHostedService(provider => provider.GetRequiredService<LatelyEnded>());
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AppointmentHandOver>();
        services.AddScoped<Leaving>();
        services.AddScoped<AccountActs>();
        services.AddScoped<IStaffAccounts, StaffAccountService>();
        services.AddScoped<IWelcome, WelcomeService>();
        services.AddScoped<IStaffPhotos, StaffPhotoService>();
    }

    private static void AddSecondFactor(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SecondFactorOptions>().Bind(configuration.GetSection(SecondFactorOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecondFactorOptions>, SecondFactorOptionsValidator>();
        services.AddSingleton<Factors>();
        services.AddSingleton<FactorOffers>();
        services.AddSingleton<CodeStep>();
        services.AddScoped<ISecondFactor, SecondFactorService>();
        services.AddHostedService<RequiredFactors>();
    }
}
