using System.ClientModel;
using System.ClientModel.Primitives;
using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Checking;
using OpenAI;
using OpenAI.Chat;

namespace DrAssistant.Data.Drafting.Model;

/// <summary>Has a chat model draft, and lets nothing through that the transcript does not support.</summary>
internal sealed class ModelDrafter : IDisposable
{
    public const string Name = "model";

    private const string NotReached = "The model for drafts could not be reached. Draft on this machine, or try again later.";
    private const string NoAnswer = "The model for drafts gave no answer that can be used. Draft on this machine, or try again.";
    private const string TooSlow = "The model for drafts took too long. Draft on this machine, or try again later.";

    private readonly HttpClient _http;
    private readonly ChatClient _chat;
    private readonly ModelOptions _options;

    public ModelDrafter(ModelOptions options)
    {
        _options = options;
        _http = new HttpClient(new BoundedAnswers(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _chat = new ChatClient(options.Name, new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : "none"), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(_http),
        });
    }

    public async Task<Result<DraftedNote>> DraftAsync(DraftRequest request, CancellationToken cancellation)
    {
        var transcript = Transcript.Read(request.Transcript, request.Breaks);
        var visit = Extractive.Visit.Read(transcript, request.Chart ?? DraftChart.Nothing);
        if (Emptiness.Of(visit) is { } why)
        {
            return DraftAssembly.Empty(transcript, Name, _options.Name, why);
        }

        var answer = await AskAsync(transcript, visit.Chart, cancellation);
        if (!answer.Succeeded)
        {
            return answer.Refusal;
        }

        return ModelAnswer.Read(answer.Value, transcript) is { } pieces
            ? DraftAssembly.Of(transcript, pieces, Name, _options.Name, request.TranscriptionConfidence)
            : Refusal.Unavailable(NoAnswer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Result<string>> AskAsync(Transcript transcript, DraftChart chart, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(_options.Timeout);
        try
        {
            ChatMessage[] messages = [new SystemChatMessage(ModelPrompt.Rules), new UserChatMessage(ModelPrompt.Visit(transcript, chart))];
            var answer = await _chat.CompleteChatAsync(messages, new ChatCompletionOptions
            {
                Temperature = 0,
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("draft_of_a_note", BinaryData.FromString(ModelPrompt.Schema), jsonSchemaIsStrict: true),
            }, late.Token);
            return answer.Value.FinishReason == ChatFinishReason.Stop && answer.Value.Content.Count > 0 ? answer.Value.Content[0].Text : Refusal.Unavailable(NoAnswer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Refusal.Unavailable(TooSlow);
        }
        catch (Exception e) when (e is ClientResultException or HttpRequestException or IOException or AggregateException)
        {
            return Refusal.Unavailable(NotReached);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            return Refusal.Unavailable(NoAnswer);
        }
    }
}
