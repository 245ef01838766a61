using System.Reflection;
using System.Runtime.CompilerServices;
using DrAssistant.Data;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>
/// The service asks first: each method of each door is called by somebody who is signed in and may do nothing, with empty
/// hands and no database behind it. Whatever looks at its arguments or at a store before it asks fails here.
/// </summary>
public sealed class AskingFirst : IDisposable
{
    /// <summary>Methods that are everybody's, each with the reason.</summary>
    private static readonly Dictionary<string, string> Everybodys = new(StringComparer.Ordinal)
    {
        ["IPreferences.MineAsync"] = "one's own",
        ["IPreferences.ChangeAsync"] = "one's own",
        ["ISessions.MineAsync"] = "one's own",
        ["ISessions.RevokeAsync"] = "one's own, or refused",
        ["IWelcome.OpenAsync"] = "whoever holds the link is nobody yet",
        ["IWelcome.SetPasswordAsync"] = "whoever holds the link is nobody yet",
        ["ISecondFactor.StateAsync"] = "one's own",
        ["ISecondFactor.OfferAsync"] = "one's own",
        ["ISecondFactor.TurnOnAsync"] = "one's own",
        ["ISecondFactor.RenewCodesAsync"] = "one's own",
        ["ISecondFactor.TurnOffAsync"] = "one's own",
        ["IStaffPhotos.MyAddressAsync"] = "one's own",
        ["IStaffPhotos.ReadAsync"] = "who works here is known to everybody who does, and so are their faces",
        ["ISignIn.CompleteAsync"] = "nobody is anybody before it",
        ["ISignIn.SignInAsync"] = "nobody is anybody before it",
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task every_door_refuses_whoever_may_do_nothing_before_it_looks_at_anything()
    {
        await using var services = ClinicNowhere.Build<NobodyInParticular>(_folder);
        await using var scope = services.CreateAsyncScope();
        var methods = typeof(ClinicData).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && scope.ServiceProvider.GetService(type) is not null)
            .SelectMany(door => door.GetMethods().Where(method => AnswerOf(method) is not null).Select(method => (Door: door, Method: method))).ToList();
        var findings = new List<string>();
        foreach (var (door, method) in methods)
        {
            var name = $"{door.Name}.{method.Name}";
            switch (await AnswerAsync(scope.ServiceProvider.GetRequiredService(door), method), Everybodys.ContainsKey(name))
            {
                case (null, true):
                    findings.Add($"{name} asks first. It is not everybody's any more.");
                    break;
                case ({ } finding, false):
                    findings.Add($"{name} {finding}");
                    break;
            }
        }

        Assert.True(methods.Count > 50, $"Only {methods.Count} methods of doors were found.");
        Findings.None(findings);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Null when it refused, as it must.</summary>
    private static async Task<string?> AnswerAsync(object door, MethodInfo method)
    {
        try
        {
            var task = (Task)method.Invoke(door, [.. method.GetParameters().Select(Empty)])!;
            await task;
            var answer = task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task)!;
            var refusal = (Refusal?)answer.GetType().GetProperty(nameof(Result<int>.Refusal))!.GetValue(answer);
            return refusal switch
            {
                null => "was carried out.",
                { Kind: RefusalKind.Forbidden } => null,
                _ => $"answered “{refusal.Message}”.",
            };
        }
        catch (Exception e)
        {
            return $"went on to a {(e is TargetInvocationException { InnerException: { } inner } ? inner : e).GetType().Name}.";
        }
    }

    /// <summary>What a method that answers with a result answers about; null for any other.</summary>
    private static Type? AnswerOf(MethodInfo method)
        => method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>)
            && task.GetGenericArguments()[0] is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(Result<>)
            ? result.GetGenericArguments()[0]
            : null;

    private static object? Empty(ParameterInfo parameter)
        => parameter.ParameterType switch
        {
            { IsValueType: true } type => Activator.CreateInstance(type),
            { IsInterface: true, IsGenericType: true } list when list.GetGenericArguments() is [var item] => Array.CreateInstance(item, 0),
            { IsInterface: true } or { IsAbstract: true } or { IsArray: true } => null,
            var type when type == typeof(string) => string.Empty,
            var type => RuntimeHelpers.GetUninitializedObject(type),
        };

    /// <summary>Signed in, without a single permission.</summary>
    private sealed class NobodyInParticular : ICurrentUser
    {
        public Guid? Id { get; } = Guid.CreateVersion7();

        public StaffRole? Role => null;

        public string? FullName => "Nobody";

        public Guid? SessionId => null;

        public string? IpAddress => null;

        public string? UserAgent => null;

        public bool IsSystem => false;

        public bool Can(string permission) => false;
    }
}
