using System.Reflection;
using System.Runtime.InteropServices;

namespace DrAssistant.Data.Stores.Documents.Mongo.Native;

/// <summary>Finds libmongoc and libbson. The two share structures and memory, so they are taken as a pair and never one by one.</summary>
internal static class MongoLibrary
{
    /// <summary>What the imports call the two; the files have other names on other systems.</summary>
    public const string Driver = "mongoc";

    /// <inheritdoc cref="Driver"/>
    public const string Codec = "bson";

    private static readonly (string Mongoc, string Bson)[] Pairs =
    [
        ("libmongoc-1.0.so.0", "libbson-1.0.so.0"),
        ("libmongoc-1.0.so", "libbson-1.0.so"),
        ("libmongoc-1.0.0.dylib", "libbson-1.0.0.dylib"),
    ];

    private static readonly Lazy<(nint Mongoc, nint Bson)> Loaded = new(() => Load(Pairs));

    /// <summary>The answer to the runtime, which asks when a function is first called.</summary>
    /// <exception cref="MongoLibraryMissingException">The system does not have them.</exception>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Driver => Loaded.Value.Mongoc,
        Codec => Loaded.Value.Bson,
        _ => 0,
    };

    internal static (nint Mongoc, nint Bson) Load(IReadOnlyList<(string Mongoc, string Bson)> pairs)
    {
        foreach (var (mongocName, bsonName) in pairs)
        {
            if (!NativeLibrary.TryLoad(mongocName, out var mongoc))
            {
                continue;
            }

            if (NativeLibrary.TryLoad(bsonName, out var bson))
            {
                return (mongoc, bson);
            }

            NativeLibrary.Free(mongoc);
        }

        throw new MongoLibraryMissingException(Reason(pairs[0].Mongoc));
    }

    /// <summary>A library that is there and does not load, for example for want of another, says so only when it is asked like this.</summary>
    private static Exception? Reason(string library)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(library));
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return e;
        }
    }
}

/// <summary>The C driver of MongoDB is not installed. The message is the sentence for the operator.</summary>
internal sealed class MongoLibraryMissingException(Exception? reason)
    : Exception("The MongoDB C driver is not installed: install the system package libmongoc-1.0-0 (libmongoc-1.0-0t64 on Debian 13 and Ubuntu 24.04).", reason);
