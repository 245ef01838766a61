using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Authorization;

namespace DrAssistant.Portal.Security;

/// <summary>One policy a permission, under the permission's own name, and sign-in for everything that says nothing.</summary>
internal static class PermissionPolicies
{
    public static void AddPermissionPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(permission, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(asked => RolePermissions.Grants(SessionIdentity.RoleOf(asked.User), permission)));
        }
    }
}
