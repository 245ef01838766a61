namespace DrAssistant.Data.Security;

/// <summary>The keys cannot be had: the portal must not go on. The message tells the operator which file, and never what is in it.</summary>
internal sealed class KeyRingException(string message, Exception? inner = null) : Exception(message, inner);
