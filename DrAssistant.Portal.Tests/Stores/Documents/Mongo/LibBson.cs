using System.Runtime.InteropServices;
using System.Text;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>MongoDB's own codec, called past everything of the portal: what it writes is what the portal's codec is measured by.</summary>
internal static class LibBson
{
    private const string Library = "libbson-1.0.so.0";
    private const int ErrorLength = 512;

    /// <summary>The bytes of a document given in extended JSON.</summary>
    public static byte[] Bytes(string extendedJson)
    {
        var json = Encoding.UTF8.GetBytes(extendedJson);
        var document = bson_new_from_json(json, json.Length, new byte[ErrorLength]);
        Assert.NotEqual(0, document);
        try
        {
            var data = bson_get_data(document);
            var bytes = new byte[Marshal.ReadInt32(data)];
            Marshal.Copy(data, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            bson_destroy(document);
        }
    }

    [DllImport(Library)]
    private static extern nint bson_new_from_json(byte[] json, nint length, byte[] error);

    [DllImport(Library)]
    private static extern nint bson_get_data(nint document);

    [DllImport(Library)]
    private static extern void bson_destroy(nint document);
}
