using System.Globalization;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>The culture of a server that was set up by somebody else, for one test.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public InCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
