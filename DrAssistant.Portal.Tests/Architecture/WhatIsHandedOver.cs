using System.Reflection;
using System.Runtime.CompilerServices;
using DrAssistant.Data;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>What a door hands over stays as it was handed over; and what is public without being handed over has a reason.</summary>
public sealed class WhatIsHandedOver
{
    /// <summary>Public, and neither a door nor anything that goes through one.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["ClinicData"] = "the one registration",
        ["ClinicImport"] = "an operator's command, before anybody has signed in",
        ["ClinicStartup"] = "what comes before the first request",
        ["ClinicStartupException"] = "what stands in the operator's way, in one sentence",
        ["ClinicClock"] = "days and hours are the practice's, on a page too",
        ["ClinicFormat"] = "one way to write dates and amounts, on a page too",
        ["DocumentLimits"] = "what a file may be, said in a page before it is sent",
        ["DocumentTypes"] = "one way to name kinds of documents and files, on a page too",
        ["DraftBatch"] = "an operator's command, without a database and about nobody",
        ["EnumText"] = "one spelling of an enum's words, in an address too",
        ["KnownSender"] = "a key that was shown, and nothing that could be read or made from outside",
        ["PersonName"] = "a name that knows its order and initials; not a record, so that it does not print itself",
        ["PairCheck"] = "an operator's command, without a database and about nobody",
        ["Permissions"] = "policies on pages are named by them",
        ["ResultFileImport"] = "an operator's command, before anybody has signed in",
        ["ResultText"] = "one way to write a result and its flag, on a page too",
        ["RolePermissions"] = "a page's courtesy and a service's check read one table",
        ["SecretSealer"] = "the keys of the portal's cookies are sealed with it; it opens nothing of a patient's",
        ["UnitWords"] = "one way to write a unit, on a page too",
    };

    private static readonly Type[] Public =
        [.. typeof(ClinicData).Assembly.GetExportedTypes().Where(type => type.Namespace?.StartsWith("DrAssistant.", StringComparison.Ordinal) == true && !type.IsNested)];

    [Fact]
    public void is_public_and_the_rest_has_its_reason()
    {
        var others = Public
            .Where(type => !type.IsInterface && !type.IsEnum && !type.IsValueType && !IsRecord(type))
            .Where(type => !type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.Name.EndsWith("Draft", StringComparison.Ordinal))
            .Select(type => type.Name);

        Assert.Equal(Reasons.Keys.Order(StringComparer.Ordinal), others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void cannot_be_changed()
    {
        var changeable = from type in Public
                         where IsRecord(type)
                         from property in type.GetProperties()
                         where property.SetMethod is { IsPublic: true } setter && !IsInitOnly(setter)
                         select $"{type.Name}.{property.Name} can be set.";

        Findings.None(changeable);
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsInitOnly(MethodInfo setter)
        => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
