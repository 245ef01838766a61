using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// Lets the AngleSharp.Diffing that is installed answer when bunit asks for version 1.
/// The parts that bunit calls are the same; remove this, and the package reference, when version 1 can be restored.
/// </summary>
internal static class OlderDiffing
{
    private const string Library = "AngleSharp.Diffing";

#pragma warning disable CA2255 // The resolver must be there before the first test touches bunit, and only a module initialiser is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Install() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted)
        => wanted is { Name: Library, Version.Major: >= 1 }
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Library + ".dll"))
            : null;
}
