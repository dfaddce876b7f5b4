using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>Private keys, by the hash of their public key: a key and the certificates for it find each other, whatever
/// is imported when.</summary>
/// <param name="directory">Where they are kept, one file each, readable by its owner only. Null keeps them in memory.
/// </param>
internal sealed class KeyRing(string? directory)
{
    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.Ordinal);

    public static string NameOf(X509Certificate2 certificate) =>
        NameOf(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    public static string NameOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..40];

    public string? Find(string name)
    {
        if (_keys.TryGetValue(name, out var known) || directory is null)
        {
            return known;
        }

        var path = PathOf(directory, name);
        return File.Exists(path) ? _keys.GetOrAdd(name, File.ReadAllText(path)) : null;
    }

    /// <param name="name">Of the public key.</param>
    /// <param name="pem">The private key.</param>
    public void Keep(string name, string pem)
    {
        _keys[name] = pem;
        if (directory is not null)
        {
            Directory.CreateDirectory(directory);
            PrivateFile.Write(PathOf(directory, name), pem);
        }
    }

    /// <summary>Deletes every key but those of the names.</summary>
    public void Retain(IReadOnlySet<string> names)
    {
        foreach (var name in _keys.Keys)
        {
            if (!names.Contains(name))
            {
                _keys.TryRemove(name, out _);
            }
        }

        if (directory is null || !Directory.Exists(directory))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(directory, "*.key"))
        {
            if (!names.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                File.Delete(path);
            }
        }
    }

    private static string PathOf(string directory, string name) => Path.Combine(directory, $"{name}.key");
}
