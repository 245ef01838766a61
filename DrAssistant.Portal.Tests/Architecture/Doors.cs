using System.Text.RegularExpressions;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>
/// Who may reference whom (docs/architecture.md), where the compiler alone does not say it. What is public at all is
/// held by <see cref="WhatIsHandedOver"/>.
/// </summary>
public sealed partial class Doors
{
    /// <summary>A folder, and the namespaces of ours that its files may use besides their own.</summary>
    public static TheoryData<string, string[]> Rules => new()
    {
        { "DrAssistant.Data/Common", [] },
        { "DrAssistant.Data/Stores", ["DrAssistant.Data.Common", "DrAssistant.Data.Security"] },
    };

    /// <summary>A folder, and the namespaces that its files must not use.</summary>
    public static TheoryData<string, string[]> Bans => new()
    {
        { "DrAssistant.Data", ["Microsoft.AspNetCore.Components", "DrAssistant.Portal"] },
        { "DrAssistant.Portal", ["Microsoft.EntityFrameworkCore", "Npgsql"] },
        { "DrAssistant.Portal/Components", ["DrAssistant.Data.Stores"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void lead_only_where_they_should(string folder, string[] allowed)
    {
        var own = folder.Replace('/', '.');
        var strangers = UsingsIn(folder)
            .Where(use => use.Namespace.StartsWith("DrAssistant.", StringComparison.Ordinal))
            .Where(use => !allowed.Append(own).Any(known => IsWithin(use.Namespace, known)));

        Assert.Empty(strangers);
    }

    [Theory]
    [MemberData(nameof(Bans))]
    public void are_not_walked_around(string folder, string[] banned)
    {
        var around = UsingsIn(folder).Where(use => banned.Any(name => IsWithin(use.Namespace, name))).ToList();

        Assert.Empty(around);
    }

    /// <summary>A file that has grown past this is two things.</summary>
    [Theory]
    [InlineData(".razor", 150)]
    [InlineData(".razor.cs", 200)]
    [InlineData(".cs", 300)]
    [InlineData(".js", 300)]
    public void open_onto_rooms_of_a_size_to_take_in(string ending, int most)
    {
        var rooms = Repository.Files.Where(file => file.EndsWith(ending, StringComparison.Ordinal));
        var halls = rooms.Where(file => File.ReadLines(Repository.PathOf(file)).Count() > most).ToList();

        Assert.Empty(halls);
    }

    private static bool IsWithin(string name, string parent)
        => name == parent || name.StartsWith(parent + ".", StringComparison.Ordinal);

    private static List<(string File, string Namespace)> UsingsIn(string folder)
    {
        var files = Repository.Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)
            && (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(files);
        return [.. files.SelectMany(file => File.ReadLines(Repository.PathOf(file)).Select(line => Using().Match(line))
            .Where(match => match.Success).Select(match => (file, match.Groups["name"].Value)))];
    }

    [GeneratedRegex(@"^\s*@?(global )?using (static )?(\w+ = )?(?<name>[\w.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
