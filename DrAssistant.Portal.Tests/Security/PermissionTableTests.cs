using System.Reflection;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>The table that people read (docs/security.md) and the one that the portal obeys are the same.</summary>
public sealed class PermissionTableTests
{
    [Fact]
    public async Task says_of_every_role_what_the_code_grants_it()
    {
        var document = await Repository.LinesOfAsync("docs/security.md", TestContext.Current.CancellationToken);
        var expected = Expected().ToList();

        var written = document.SkipWhile(line => line != expected[0]).TakeWhile(line => line.StartsWith('|'));

        // On a failure the expected lines are the table to paste into the document.
        Assert.Equal(string.Join('\n', expected), string.Join('\n', written));
    }

    [Fact]
    public void lists_every_permission_there_is()
        => Assert.Equal(
            typeof(Permissions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()),
            Permissions.All);

    private static IEnumerable<string> Expected()
    {
        var roles = Enum.GetValues<StaffRole>();
        yield return $"| permission | {string.Join(" | ", roles.Select(EnumText.Of))} |";
        yield return $"| --- |{string.Concat(roles.Select(_ => " :-: |"))}";
        foreach (var permission in Permissions.All)
        {
            yield return $"| `{permission}` | {string.Join(" | ", roles.Select(role => RolePermissions.Grants(role, permission) ? "yes" : "–"))} |";
        }
    }
}
