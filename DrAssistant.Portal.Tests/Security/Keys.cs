using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>A key ring in a folder of its own.</summary>
internal sealed class Keys : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Keys() => Ring = Open();

    public KeyRing Ring { get; }
    public string RingPath => _folder["keyring.json"];
    public string MasterPath => _folder["master.json"];
    public PhiCipher Cipher => new(Ring);

    /// <summary>As another process would see it.</summary>
    public KeyRing Open() => KeyRing.Open(RingPath, MasterPath, TimeProvider.System);

    public void Dispose() => _folder.Dispose();
}
