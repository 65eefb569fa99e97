<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Core</name>
    <message>
        <source>cannot read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>cannot write</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>not a model that can be opened</source>
        <translation>不是可以打开的模型</translation>
    </message>
    <message>
        <source>the file is incomplete</source>
        <translation>文件不完整</translation>
    </message>
    <message>
        <source>the header is too large</source>
        <translation>文件头过大</translation>
    </message>
    <message>
        <source>the header is damaged</source>
        <translation>文件头已损坏</translation>
    </message>
    <message>
        <source>the JSON text is damaged</source>
        <translation>JSON 文本已损坏</translation>
    </message>
    <message>
        <source>the tensor offsets are wrong</source>
        <translation>张量偏移有误</translation>
    </message>
    <message>
        <source>two tensors overlap</source>
        <translation>两个张量重叠</translation>
    </message>
    <message>
        <source>a tensor name occurs twice</source>
        <translation>张量名重复</translation>
    </message>
    <message>
        <source>the tensor shape is wrong</source>
        <translation>张量形状有误</translation>
    </message>
    <message>
        <source>unknown dtype</source>
        <translation>未知数据类型</translation>
    </message>
    <message>
        <source>a size is too large</source>
        <translation>尺寸过大</translation>
    </message>
    <message>
        <source>the shard index is wrong</source>
        <translation>分片索引有误</translation>
    </message>
    <message>
        <source>the configuration is wrong</source>
        <translation>配置有误</translation>
    </message>
    <message>
        <source>the file does not fit this model</source>
        <translation>文件与此模型不符</translation>
    </message>
    <message>
        <source>a value makes no sense</source>
        <translation>有值不合理</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>the model is already quantized</source>
        <translation>模型已经量化</translation>
    </message>
    <message>
        <source>the source changed on disk</source>
        <translation>源文件在磁盘上已改变</translation>
    </message>
    <message>
        <source>the weights hold NaN or infinity</source>
        <translation>权重含 NaN 或无穷</translation>
    </message>
    <message>
        <source>no plan fits the budget</source>
        <translation>没有方案符合预算</translation>
    </message>
    <message>
        <source>the target cannot be used</source>
        <translation>目标位置不可用</translation>
    </message>
    <message>
        <source>not enough free space</source>
        <translation>剩余空间不足</translation>
    </message>
    <message>
        <source>verification failed</source>
        <translation>验证失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Spectral concentration</source>
        <translation>谱集中度</translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation>峰度</translation>
    </message>
    <message>
        <source>Output noise</source>
        <translation>输出噪声</translation>
    </message>
    <message>
        <source>4-bit error</source>
        <translation>4 位误差</translation>
    </message>
    <message>
        <source>SWAN composite</source>
        <translation>SWAN 综合</translation>
    </message>
    <message>
        <source>SWAN v1 composite</source>
        <translation>SWAN v1 综合</translation>
    </message>
    <message>
        <source>Largest |w| in sigmas</source>
        <translation>最大 |w|（以 σ 计）</translation>
    </message>
    <message>
        <source>Apple silicon, mlx-lm</source>
        <translation>Apple 芯片，mlx-lm</translation>
    </message>
    <message>
        <source>llama.cpp, Ollama, LM Studio</source>
        <translation>llama.cpp、Ollama、LM Studio</translation>
    </message>
    <message>
        <source>analysing</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>syncing</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>回读</translation>
    </message>
    <message>
        <source>writing self-text</source>
        <translation>自写文本</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>1-D tensor</source>
        <translation>一维张量</translation>
    </message>
    <message>
        <source>vision part</source>
        <translation>视觉部分</translation>
    </message>
    <message>
        <source>unknown purpose</source>
        <translation>用途未知</translation>
    </message>
    <message>
        <source>%1 is not decoded</source>
        <translation>不解码 %1</translation>
    </message>
    <message>
        <source>not a matrix</source>
        <translation>不是矩阵</translation>
    </message>
    <message>
        <source>not a weight</source>
        <translation>不是权重</translation>
    </message>
    <message>
        <source>not the weight of a module</source>
        <translation>不是模块的权重</translation>
    </message>
    <message>
        <source>split by the client when it loads</source>
        <translation>由客户端在加载时拆分</translation>
    </message>
    <message>
        <source>llama.cpp never quantizes it</source>
        <translation>llama.cpp 从不量化它</translation>
    </message>
    <message>
        <source>%1 columns, not a multiple of %2</source>
        <translation>%1 列，不是 %2 的倍数</translation>
    </message>
    <message>
        <source>no token of the panel reached this expert</source>
        <translation>探测中没有词元到达该专家</translation>
    </message>
    <message>
        <source>no token of the panel reached %1 of %2 experts</source>
        <translation>探测中没有词元到达 %2 个专家中的 %1 个</translation>
    </message>
    <message>
        <source>the moments are too large for a number of %1 bits</source>
        <translation>矩过大，超出 %1 位数的范围</translation>
    </message>
    <message>
        <source>the probe does not reach this tensor</source>
        <translation>探测不到达该张量</translation>
    </message>
    <message>
        <source>the model is quantized already: %1</source>
        <translation>模型已量化：%1</translation>
    </message>
    <message>
        <source>there is no general.architecture that says how attention is computed</source>
        <translation>没有 general.architecture 说明注意力如何计算</translation>
    </message>
    <message>
        <source>there is no config.json that says how attention is computed</source>
        <translation>没有 config.json 说明注意力如何计算</translation>
    </message>
    <message>
        <source>the attention of the architecture %1 is not known</source>
        <translation>未知架构 %1 的注意力计算方式</translation>
    </message>
    <message>
        <source>clipping of q, k and v is not known</source>
        <translation>不支持对 q、k、v 的截断</translation>
    </message>
    <message>
        <source>there is no embedding matrix that can be read</source>
        <translation>没有可读取的嵌入矩阵</translation>
    </message>
    <message>
        <source>the embeddings have a norm, which its architecture does not</source>
        <translation>嵌入带有该架构没有的归一化</translation>
    </message>
    <message>
        <source>there is no final norm</source>
        <translation>没有最终归一化</translation>
    </message>
    <message>
        <source>there is no head that turns states into logits</source>
        <translation>没有把状态变成 logits 的输出头</translation>
    </message>
    <message>
        <source>%1 has two norms in the same place</source>
        <translation>%1 在同一位置有两个归一化</translation>
    </message>
    <message>
        <source>%1 has no norm that is known</source>
        <translation>%1 没有已知的归一化</translation>
    </message>
    <message>
        <source>%1 does not have the norms of its architecture</source>
        <translation>%1 没有其架构应有的归一化</translation>
    </message>
    <message>
        <source>%1 has two tensors for %2</source>
        <translation>%1 有两个张量对应 %2</translation>
    </message>
    <message>
        <source>%1 holds %2, which its architecture does not</source>
        <translation>%1 含有其架构没有的 %2</translation>
    </message>
    <message>
        <source>there are no layers</source>
        <translation>没有层</translation>
    </message>
    <message>
        <source>not all layers are there: found %1, expected %2</source>
        <translation>层不完整：找到 %1，应为 %2</translation>
    </message>
    <message>
        <source>positions are learnt, which is not supported</source>
        <translation>不支持学习得到的位置编码</translation>
    </message>
    <message>
        <source>writing text takes %1 of memory, found %2</source>
        <translation>生成文本需要 %1 内存，可用 %2</translation>
    </message>
    <message>
        <source>the gradients did not stay finite</source>
        <translation>梯度不再是有限值</translation>
    </message>
    <message>
        <source>found a pattern of %1 bytes, expected at most %2</source>
        <translation>表达式有 %1 字节，最多 %2</translation>
    </message>
    <message>
        <source>expected a regular expression without back references</source>
        <translation>应为不含反向引用的正则表达式</translation>
    </message>
    <message>
        <source>expected a simpler regular expression</source>
        <translation>应为更简单的正则表达式</translation>
    </message>
    <message>
        <source>expected a regular expression, found [ without its ]</source>
        <translation>应为正则表达式，但 [ 没有对应的 ]</translation>
    </message>
    <message>
        <source>expected a regular expression, found ( or ) without the other, or nothing to repeat</source>
        <translation>应为正则表达式，但 ( 与 ) 不成对，或没有可重复的内容</translation>
    </message>
    <message>
        <source>expected a regular expression, found { or } without the other</source>
        <translation>应为正则表达式，但 { 与 } 不成对</translation>
    </message>
    <message>
        <source>expected a regular expression, found no count between { and }</source>
        <translation>应为正则表达式，但 { 与 } 之间不是次数</translation>
    </message>
    <message>
        <source>expected a regular expression, found a range from high to low</source>
        <translation>应为正则表达式，但范围从高到低</translation>
    </message>
    <message>
        <source>expected a regular expression, found \ before what it cannot mean</source>
        <translation>应为正则表达式，但 \ 后的字符没有意义</translation>
    </message>
    <message>
        <source>expected a regular expression, found nothing to repeat</source>
        <translation>应为正则表达式，但没有可重复的内容</translation>
    </message>
    <message>
        <source>expected a regular expression, found an unknown class of signs</source>
        <translation>应为正则表达式，但字符类未知</translation>
    </message>
    <message>
        <source>expected a regular expression</source>
        <translation>应为正则表达式</translation>
    </message>
    <message>
        <source>there is none; roles come from the names alone</source>
        <translation>没有此文件；角色仅由名称得出</translation>
    </message>
    <message>
        <source>there is no such text, which clients demand; roles come from the names alone</source>
        <translation>缺少客户端要求的这段文本；角色仅由名称得出</translation>
    </message>
    <message>
        <source>is a link out of the folder, to %1</source>
        <translation>是指向文件夹之外的链接：%1</translation>
    </message>
    <message>
        <source>%1 is not a list of counts; ignored</source>
        <translation>%1 不是计数列表；已忽略</translation>
    </message>
    <message>
        <source>is not a list of counts; ignored</source>
        <translation>不是计数列表；已忽略</translation>
    </message>
    <message>
        <source>%1 makes no sense (%2 out of range or of the wrong type); ignored</source>
        <translation>%1 没有意义（%2 超出范围或类型错误）；已忽略</translation>
    </message>
    <message>
        <source>makes no sense (out of range or of the wrong type); ignored</source>
        <translation>没有意义（超出范围或类型错误）；已忽略</translation>
    </message>
    <message>
        <source>%1 is neither true nor false; ignored</source>
        <translation>%1 既非真也非假；已忽略</translation>
    </message>
    <message>
        <source>%1 is not a positive number; ignored</source>
        <translation>%1 不是正数；已忽略</translation>
    </message>
    <message>
        <source>is not a positive number; ignored</source>
        <translation>不是正数；已忽略</translation>
    </message>
    <message>
        <source>%1 is not a list of positive numbers; ignored</source>
        <translation>%1 不是正数列表；已忽略</translation>
    </message>
    <message>
        <source>%1 is not a list of flags; ignored</source>
        <translation>%1 不是标志列表；已忽略</translation>
    </message>
    <message>
        <source>%1 does not have one number a layer; ignored</source>
        <translation>%1 不是每层一个数；已忽略</translation>
    </message>
    <message>
        <source>tie_word_embeddings is false, but there is no lm_head; taken as tied</source>
        <translation>tie_word_embeddings 为 false，但没有 lm_head；按共享处理</translation>
    </message>
    <message>
        <source>%1 is %2, but the tensors show %3; the tensors count</source>
        <translation>%1 为 %2，但张量显示 %3；以张量为准</translation>
    </message>
    <message>
        <source>%1 is %2, but the tensors show %3</source>
        <translation>%1 为 %2，但张量显示 %3</translation>
    </message>
    <message>
        <source>which layers attend to a window alone is not known; all are counted as attending to everything</source>
        <translation>不知道哪些层只关注窗口；全部按关注所有位置计算</translation>
    </message>
    <message>
        <source>this source is already %1 and other types: requantizing adds error to what it lost</source>
        <translation>此来源已是 %1 及其他类型：再次量化会在原有损失上增加误差</translation>
    </message>
    <message>
        <source>this source is already %1: requantizing adds error to what it lost</source>
        <translation>此来源已是 %1：再次量化会在原有损失上增加误差</translation>
    </message>
    <message>
        <source>%1 tensors are of types that are not analysed</source>
        <translation>%1 个张量的类型不作分析</translation>
    </message>
    <message>
        <source>%1 bytes follow the last tensor; they are not read</source>
        <translation>最后一个张量之后还有 %1 字节；未读取</translation>
    </message>
    <message>
        <source>%1 tensors of the files are not in the index; they are read all the same</source>
        <translation>文件中有 %1 个张量不在索引中；仍会读取</translation>
    </message>
    <message>
        <source>there is no model.safetensors.index.json; all %1 model*.safetensors were read</source>
        <translation>没有 model.safetensors.index.json；已读取全部 %1 个 model*.safetensors</translation>
    </message>
    <message>
        <source>not used, because there is a model.safetensors beside it</source>
        <translation>未使用，因为旁边有 model.safetensors</translation>
    </message>
    <message>
        <source>one shard of %1 without an index; the others were not read</source>
        <translation>%1 个分片之一，没有索引；其余未读取</translation>
    </message>
    <message>
        <source>%1 more warnings are not listed</source>
        <translation>另有 %1 条警告未列出</translation>
    </message>
    <message>
        <source>1 tensor not written, %1: %2</source>
        <translation>1 个张量未写入，%1：%2</translation>
    </message>
    <message>
        <source>%1 tensors not written, %2: %3 and others</source>
        <translation>%1 个张量未写入，%2：%3 等</translation>
    </message>
    <message>
        <source>FP8 scales, multiplied into their weights</source>
        <translation>FP8 缩放系数，已乘入权重</translation>
    </message>
    <message>
        <source>no floats (%1)</source>
        <translation>不是浮点数（%1）</translation>
    </message>
    <message>
        <source>rotary table, which the client computes</source>
        <translation>旋转位置表，由客户端计算</translation>
    </message>
    <message>
        <source>auxiliary tensor</source>
        <translation>辅助张量</translation>
    </message>
    <message>
        <source>vision part, which mlx-lm does not load</source>
        <translation>视觉部分，mlx-lm 不加载</translation>
    </message>
    <message>
        <source>token prediction layer, which mlx-lm does not load</source>
        <translation>词元预测层，mlx-lm 不加载</translation>
    </message>
    <message>
        <source>%1 not written: the embedding is the output head as well</source>
        <translation>%1 未写入：嵌入同时是输出头</translation>
    </message>
    <message>
        <source>The configuration promises an output head that the files do not have; written as tied to the embedding</source>
        <translation>配置声明了文件中没有的输出头；按与嵌入共享写入</translation>
    </message>
    <message>
        <source>%1 tensors are stored as %2; what stays unquantized of them is rounded to %3</source>
        <translation>%1 个张量以 %2 存储；其中未量化的部分舍入为 %3</translation>
    </message>
    <message>
        <source>config.json: %1, so the result may not load</source>
        <translation>config.json：%1，因此结果可能无法加载</translation>
    </message>
    <message>
        <source>Names are kept as they are: model_type %1 is unknown here, so the result may not load</source>
        <translation>名称保持原样：此处未知 model_type %1，因此结果可能无法加载</translation>
    </message>
    <message>
        <source>%1 tensors have rows that are no multiple of %2 (%3 and others): planned with the types of blocks of %4, there are no K types for them</source>
        <translation>%1 个张量的行长不是 %2 的倍数（%3 等）：按 %4 一块的类型规划，它们没有 K 类型</translation>
    </message>
    <message>
        <source>%1 tensors have rows that are no multiple of %2 (%3): planned with the types of blocks of %4, there are no K types for them</source>
        <translation>%1 个张量的行长不是 %2 的倍数（%3）：按 %4 一块的类型规划，它们没有 K 类型</translation>
    </message>
    <message>
        <source>%1 tensors are copied as they are (%2): %3 and others</source>
        <translation>%1 个张量原样复制（%2）：%3 等</translation>
    </message>
    <message>
        <source>%1 tensors are copied as they are (%2): %3</source>
        <translation>%1 个张量原样复制（%2）：%3</translation>
    </message>
    <message>
        <source>What stays unquantized of %1 tensors is rounded to %2</source>
        <translation>%1 个张量中未量化的部分舍入为 %2</translation>
    </message>
    <message>
        <source>%1 tensors are quantized already; encoding them again adds error to what they lost</source>
        <translation>%1 个张量已量化；再次编码会在原有损失上增加误差</translation>
    </message>
    <message>
        <source>Attention is limited to the last %1 tokens by the configuration; llama.cpp attends to all of them in %2</source>
        <translation>配置把注意力限制在最近 %1 个词元；llama.cpp 在 %2 中关注全部</translation>
    </message>
    <message>
        <source>Written without a tokenizer: %1</source>
        <translation>未写入分词器：%1</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 and is left out</source>
        <translation>%1 不是 UTF-8，已略去</translation>
    </message>
    <message>
        <source>Token %1 is left out: the embedding has no row for it</source>
        <translation>略去词元 %1：嵌入中没有它的行</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s normalizer %1 has no counterpart in GGUF: text should come composed as it leaves it</source>
        <translation>分词器的规范化 %1 在 GGUF 中没有对应：输入文本应已按其结果组合</translation>
    </message>
    <message>
        <source>tokenizer.model maps characters to others and removes extra spaces, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model 会替换字符并删除多余空格，llama.cpp 不会：输入文本应已按其结果处理</translation>
    </message>
    <message>
        <source>tokenizer.model maps characters to others, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model 会替换字符，llama.cpp 不会：输入文本应已按其结果处理</translation>
    </message>
    <message>
        <source>tokenizer.model removes extra spaces, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model 会删除多余空格，llama.cpp 不会：输入文本应已按其结果处理</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s rule %1 parts combining marks (Hindi, Thai, some emoji) from their letters, which the tokenizer does not</source>
        <translation>llama.cpp 的规则 %1 会把组合符号（印地语、泰语、部分表情）与字母分开，而分词器不会</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity and is kept unquantized</source>
        <translation>%1 含有 NaN 或无穷，保持不量化</translation>
    </message>
    <message>
        <source>Tensors with types that cannot be taken over have the next larger one: %1</source>
        <translation>无法沿用类型的张量采用下一个更大的类型：%1</translation>
    </message>
    <message>
        <source>imatrix: used for %1 tensors</source>
        <translation>imatrix：用于 %1 个张量</translation>
    </message>
    <message>
        <source>imatrix: %1 tensors have an entry of another size, or of zeros</source>
        <translation>imatrix：%1 个张量的条目大小不同或全为零</translation>
    </message>
</context>
<context>
    <name>HeatmapView</name>
    <message>
        <source>plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>MetadataModel</name>
    <message>
        <source>%1 x %2</source>
        <translation>%1 x %2</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
</context>
<context>
    <name>ProjectPage</name>
    <message>
        <source>Model: %1, %2 parameters, %3</source>
        <translation>模型：%1，%2 参数，%3</translation>
    </message>
    <message>
        <source>Digest: %1</source>
        <translation>摘要：%1</translation>
    </message>
    <message>
        <source>Target: %1, budget %2</source>
        <translation>目标：%1，预算 %2</translation>
    </message>
    <message>
        <source>Plan: %1, %2 bits per weight, predicted damage %3</source>
        <translation>方案：%1，每权重 %2 位，预测损失 %3</translation>
    </message>
    <message>
        <source>Saved plan: %1, %2</source>
        <translation>已存方案：%1，%2</translation>
    </message>
</context>
<context>
    <name>TensorFilter</name>
    <message>
        <source>Not a regular expression: %1</source>
        <translation>不是正则表达式：%1</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui</name>
    <message>
        <source>Tier 3: probe, forward and backward. No data.</source>
        <translation>第 3 级：前向与反向探测，不用数据。</translation>
    </message>
    <message>
        <source>Tier 2: probe, forward. No data.</source>
        <translation>第 2 级：前向探测，不用数据。</translation>
    </message>
    <message>
        <source>Tier 1: published scores and error curves. No data.</source>
        <translation>第 1 级：已发表的指标与误差曲线，不用数据。</translation>
    </message>
    <message>
        <source>L%1 %2</source>
        <translation>L%1 %2</translation>
    </message>
    <message>
        <source>%1 bits, group %2</source>
        <translation>%1 位，组 %2</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>Nearest code, as the clients themselves do</source>
        <translation>取最近的编码，与各程序自身的做法相同</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Best range of each group, by what flows into the columns</source>
        <translation>按流入各列的量为每组求最佳范围</translation>
    </message>
    <message>
        <source>Best range of each group</source>
        <translation>每组的最佳范围</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>The model writes text of its own; each column makes good what those before it lost. Takes several times as long.</source>
        <translation>模型自己写出文本；每一列弥补前面各列的损失。耗时为数倍。</translation>
    </message>
    <message>
        <source>Expert %1 of %2</source>
        <translation>专家 %1 / %2</translation>
    </message>
    <message>
        <source>The experts were measured together.</source>
        <translation>各专家是一起测量的。</translation>
    </message>
    <message>
        <source>%1: NRMSE %2</source>
        <translation>%1：NRMSE %2</translation>
    </message>
    <message>
        <source>r %1, D %2</source>
        <translation>r %1，D %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Damage by layer</source>
        <translation>各层损失</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>统一</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>Bits of the plan</source>
        <translation>方案的位数</translation>
    </message>
    <message>
        <source>Bits beside the uniform plan</source>
        <translation>相对均匀方案的位数</translation>
    </message>
    <message>
        <source>Bits beside %1</source>
        <translation>相对 %1 的位数</translation>
    </message>
    <message>
        <source>Predicted damage per MB</source>
        <translation>每 MB 预测损失</translation>
    </message>
    <message>
        <source>Error (NRMSE)</source>
        <translation>误差 (NRMSE)</translation>
    </message>
    <message>
        <source>Error by inputs, r (tier 2)</source>
        <translation>按输入加权的误差 r（第 2 级）</translation>
    </message>
    <message>
        <source>Damage at the output, D (tier 3)</source>
        <translation>输出端损失 D（第 3 级）</translation>
    </message>
    <message>
        <source>Tier of the evidence</source>
        <translation>依据的级别</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1: could not be measured</source>
        <translation>%1：无法测量</translation>
    </message>
    <message>
        <source>%1: %2 values are NaN or infinite</source>
        <translation>%1：%2 个值为 NaN 或无穷</translation>
    </message>
    <message>
        <source>They count in no score, and an export refuses them.</source>
        <translation>它们不计入任何指标，导出时会被拒绝。</translation>
    </message>
    <message>
        <source>%1: largest share of the damage</source>
        <translation>%1：占损失最多</translation>
    </message>
    <message>
        <source>%1 of the plan&apos;s predicted damage.</source>
        <translation>占方案预测损失的 %1。</translation>
    </message>
    <message>
        <source>%1: largest |w| is %2 σ</source>
        <translation>%1：最大 |w| 为 %2 σ</translation>
    </message>
    <message>
        <source>An outlier stretches the range of its group.</source>
        <translation>离群值会拉大其所在组的范围。</translation>
    </message>
    <message>
        <source>outliers above %1 σ in %2 more tensors</source>
        <translation>另有 %2 个张量含超过 %1 σ 的离群值</translation>
    </message>
    <message>
        <source>%1: the same numbers as %2</source>
        <translation>%1：与 %2 的数值相同</translation>
    </message>
    <message>
        <source>By shape, extremes, mean, squares and histogram. Was one saved in the other&apos;s place?</source>
        <translation>依据形状、极值、均值、平方和与直方图。是否有一个被误存为另一个？</translation>
    </message>
    <message>
        <source>the numbers of other tensors in %1 more</source>
        <translation>另有 %1 个张量与其他张量的数值相同</translation>
    </message>
    <message>
        <source>%1: all zero</source>
        <translation>%1：全为零</translation>
    </message>
    <message>
        <source>%1: %2 rows are all zero</source>
        <translation>%1：%2 行全为零</translation>
    </message>
    <message>
        <source>It adds nothing; was it trained, or lost on the way?</source>
        <translation>它没有任何作用；是否训练过，还是中途丢失了？</translation>
    </message>
    <message>
        <source>Often tokens that no training saw, or pruned outputs.</source>
        <translation>多为训练中未出现的词元，或被剪掉的输出。</translation>
    </message>
    <message>
        <source>zero rows in %1 more tensors</source>
        <translation>另有 %1 个张量含零行</translation>
    </message>
    <message>
        <source>%1: stored as %2, most as %3</source>
        <translation>%1：存为 %2，多数为 %3</translation>
    </message>
    <message>
        <source>%1 matrices are stored as %2, most as %3</source>
        <translation>%1 个矩阵存为 %2，多数为 %3</translation>
    </message>
    <message>
        <source>embed and head are one tensor</source>
        <translation>embed 与 head 是同一张量</translation>
    </message>
    <message>
        <source>tensors that stay floats: %1</source>
        <translation>保持浮点的张量：%1</translation>
    </message>
    <message>
        <source>Norms, biases and whatever the target cannot quantize.</source>
        <translation>归一化、偏置，以及目标格式无法量化的部分。</translation>
    </message>
    <message>
        <source>tensors not scored yet: %1</source>
        <translation>尚未评分的张量：%1</translation>
    </message>
    <message>
        <source>no NaN, no infinity in %1 tensors</source>
        <translation>%1 个张量中没有 NaN 或无穷</translation>
    </message>
    <message>
        <source>cannot be exported: view only</source>
        <translation>无法导出：仅供查看</translation>
    </message>
    <message>
        <source>The download may not have finished; fetch the file again.</source>
        <translation>下载可能未完成；请重新下载该文件。</translation>
    </message>
    <message>
        <source>Open a folder with config.json and .safetensors files, one of those files, or a GGUF file.</source>
        <translation>请打开含 config.json 与 .safetensors 文件的文件夹、其中一个文件，或 GGUF 文件。</translation>
    </message>
    <message>
        <source>Open the original weights to export them in another format.</source>
        <translation>要导出为其他格式，请打开原始权重。</translation>
    </message>
    <message>
        <source>Raise the budget, or remove pins and floors.</source>
        <translation>请提高预算，或去掉固定与下限。</translation>
    </message>
    <message>
        <source>Choose a new name; nothing is ever overwritten.</source>
        <translation>请换一个名称；绝不覆盖已有内容。</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk.</source>
        <translation>请腾出空间，或换一个磁盘。</translation>
    </message>
    <message>
        <source>Open the model again when nothing writes to it.</source>
        <translation>请在没有程序写入时重新打开模型。</translation>
    </message>
    <message>
        <source>Look at the findings to see which tensors are damaged.</source>
        <translation>请查看“发现”，了解哪些张量已损坏。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::BitsLegend</name>
    <message>
        <source>Bits of the plan</source>
        <translation>方案的位数</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) at %1 bits; click to show only these</source>
        <translation>
            <numerusform>%n 个张量为 %1 位；点击只显示这些</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bits: %2</source>
        <translation>%1 位：%2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::BudgetPanel</name>
    <message>
        <source>Size of the weight files</source>
        <translation>权重文件大小</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Unit of the budget</source>
        <translation>预算单位</translation>
    </message>
    <message>
        <source>Fit device</source>
        <translation>适配设备</translation>
    </message>
    <message>
        <source>Set the budget to the largest that fits the device with this context</source>
        <translation>将预算设为此上下文下设备能容纳的最大值</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出...</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Wait until the analysis is complete</source>
        <translation>请等待分析完成</translation>
    </message>
    <message>
        <source>There is no complete plan yet</source>
        <translation>尚无完整方案</translation>
    </message>
    <message>
        <source>= %1 bits per weight</source>
        <translation>= 每权重 %1 位</translation>
    </message>
    <message>
        <source>uniform %1</source>
        <translation>统一 %1</translation>
    </message>
    <message>
        <source>MINT</source>
        <translation>MINT</translation>
    </message>
    <message>
        <source>SWAN</source>
        <translation>SWAN</translation>
    </message>
    <message>
        <source>Lock &amp;quality</source>
        <translation>锁定质量(&amp;Q)</translation>
    </message>
    <message>
        <source>Off: the size stays when pins move. On: the predicted damage stays, and the size follows.</source>
        <translation>关：固定改变时大小不变。开：预测损失不变，大小随之变化。</translation>
    </message>
    <message>
        <source>Quality is locked: the size follows it</source>
        <translation>质量已锁定：大小随之变化</translation>
    </message>
    <message>
        <source>Experts stay at %1</source>
        <translation>专家保持 %1</translation>
    </message>
    <message>
        <source>The curve moves the rest alone: the experts stay in RAM as they are</source>
        <translation>曲线只变动其余部分：专家在内存中保持不变</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ColorLegend</name>
    <message>
        <source>Colour scale</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Click to set the ends of the colours</source>
        <translation>点击设置颜色的两端</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ColumnMemory</name>
    <message>
        <source>All as at first</source>
        <translation>恢复最初状态</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ComparePage</name>
    <message>
        <source>%1: A is %2, B is %3</source>
        <translation>%1：A 为 %2，B 为 %3</translation>
    </message>
    <message>
        <source>Heatmap of the difference; the table beside it holds the same</source>
        <translation>差异热图；旁边的表格内容相同</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Table of differences</source>
        <translation>差异表</translation>
    </message>
    <message>
        <source>What is compared, A</source>
        <translation>比较对象 A</translation>
    </message>
    <message>
        <source>What it is compared with, B</source>
        <translation>与之比较的 B</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 与 B</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>Read somebody&apos;s model to compare with: a GGUF file, an MLX folder, another checkpoint with the same tensors</source>
        <translation>读取他人的模型来比较：GGUF 文件、MLX 文件夹，或张量相同的其他检查点</translation>
    </message>
    <message>
        <source>&amp;File...</source>
        <translation>文件(&amp;F)...</translation>
    </message>
    <message>
        <source>F&amp;older...</source>
        <translation>文件夹(&amp;O)...</translation>
    </message>
    <message>
        <source>Bits, A − B</source>
        <translation>位数，A − B</translation>
    </message>
    <message>
        <source>Damage, A − B</source>
        <translation>损失，A − B</translation>
    </message>
    <message>
        <source>Size, A − B</source>
        <translation>大小，A − B</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>权重变化</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Size of tensors</source>
        <translation>张量大小</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>Only what &amp;differs</source>
        <translation>仅显示差异(&amp;D)</translation>
    </message>
    <message>
        <source>Take &amp;A for selection</source>
        <translation>所选采用 A(&amp;A)</translation>
    </message>
    <message>
        <source>Take &amp;B for selection</source>
        <translation>所选采用 B(&amp;B)</translation>
    </message>
    <message>
        <source>Save &amp;table...</source>
        <translation>保存表格(&amp;T)...</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>读取中...</translation>
    </message>
    <message>
        <source>Choose two to compare.</source>
        <translation>请选择两项进行比较。</translation>
    </message>
    <message>
        <source>A − B</source>
        <translation>A − B</translation>
    </message>
    <message>
        <source>%1 with more bits in A, %2 with fewer, %3 the same.</source>
        <translation>A 中位数更多 %1 个，更少 %2 个，相同 %3 个。</translation>
    </message>
    <message>
        <source>%1 are missing on one side.</source>
        <translation>%1 个在一侧缺失。</translation>
    </message>
    <message>
        <source>Damage is predicted, not measured.</source>
        <translation>损失为预测值，并非测量值。</translation>
    </message>
    <message>
        <source>no such tensor</source>
        <translation>无此张量</translation>
    </message>
    <message>
        <source>damage %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>Weights changed by %1</source>
        <translation>权重变化 %1</translation>
    </message>
    <message>
        <source>take from %1</source>
        <translation>采用 %1</translation>
    </message>
    <message>
        <source>Select cells or rows first.</source>
        <translation>请先选择单元格或行。</translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected tensors cannot take over what is there.</source>
        <translation>
            <numerusform>所选张量中有 %n 个无法采用那里的设置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the table of differences</source>
        <translation>保存差异表</translation>
    </message>
    <message>
        <source>Comma-separated (*.csv);;Tab-separated (*.tsv)</source>
        <translation>逗号分隔 (*.csv);;制表符分隔 (*.tsv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>A model&apos;s folder to compare with</source>
        <translation>用于比较的模型文件夹</translation>
    </message>
    <message>
        <source>A model to compare with</source>
        <translation>用于比较的模型</translation>
    </message>
    <message>
        <source>%1 have another shape there and cannot be compared.</source>
        <translation>%1 在那里形状不同，无法比较。</translation>
    </message>
    <message>
        <source>another shape, not comparable</source>
        <translation>形状不同，不可比较</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::CompareSides</name>
    <message>
        <source>This plan</source>
        <translation>本方案</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>统一</translation>
    </message>
    <message>
        <source>%1, same size</source>
        <translation>%1，同等大小</translation>
    </message>
    <message>
        <source>MINT, same size</source>
        <translation>MINT，同等大小</translation>
    </message>
    <message>
        <source>The model itself</source>
        <translation>模型本身</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::CompareTableModel</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Relative difference of the weights themselves, where both are floats</source>
        <translation>两侧均为浮点时，权重本身的相对差异</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Bits, A − B</source>
        <translation>位数，A − B</translation>
    </message>
    <message>
        <source>Size of A</source>
        <translation>A 的大小</translation>
    </message>
    <message>
        <source>Size of B</source>
        <translation>B 的大小</translation>
    </message>
    <message>
        <source>Size, A − B</source>
        <translation>大小，A − B</translation>
    </message>
    <message>
        <source>Damage of A</source>
        <translation>A 的损失</translation>
    </message>
    <message>
        <source>Damage of B</source>
        <translation>B 的损失</translation>
    </message>
    <message>
        <source>Damage, A − B</source>
        <translation>损失，A − B</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>权重变化</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>形状不同</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DecisionView</name>
    <message>
        <source>Pinned by hand.</source>
        <translation>手动固定。</translation>
    </message>
    <message>
        <source>By hand: at least %1.</source>
        <translation>手动：至少 %1。</translation>
    </message>
    <message>
        <source>Pinned by the rule %1.</source>
        <translation>由规则 %1 固定。</translation>
    </message>
    <message>
        <source>By the rule %1: at least %2.</source>
        <translation>由规则 %1：至少 %2。</translation>
    </message>
    <message>
        <source>scalar</source>
        <translation>标量</translation>
    </message>
    <message>
        <source>Judged by tier 3, with gradients.</source>
        <translation>依第 3 级评估，含梯度。</translation>
    </message>
    <message>
        <source>Judged by tier 2, the inputs.</source>
        <translation>依第 2 级评估，即输入。</translation>
    </message>
    <message>
        <source>Judged by tier 1, the weights alone.</source>
        <translation>依第 1 级评估，仅凭权重。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Predicted damage %1, NRMSE %2</source>
        <translation>预测损失 %1，NRMSE %2</translation>
    </message>
    <message>
        <source>Not measured yet; the bits are provisional.</source>
        <translation>尚未测量；位数为暂定。</translation>
    </message>
    <message>
        <source>Kept: %1</source>
        <translation>保留：%1</translation>
    </message>
    <message>
        <source>Embedding and head are this one tensor.</source>
        <translation>嵌入与输出头是这同一个张量。</translation>
    </message>
    <message>
        <source>%1 tensors, stored as one</source>
        <translation>%1 个张量，合并存储</translation>
    </message>
    <message>
        <source>Not measured: %1</source>
        <translation>未测量：%1</translation>
    </message>
    <message>
        <source>NaN or infinite values: %1</source>
        <translation>NaN 或无穷值：%1</translation>
    </message>
    <message>
        <source>%1 (%2 tensors)</source>
        <translation>%1（%2 个张量）</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DevicePanel</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Context in tokens</source>
        <translation>上下文（词元数）</translation>
    </message>
    <message>
        <source>KV %1</source>
        <translation>KV %1</translation>
    </message>
    <message>
        <source>Type of the KV cache</source>
        <translation>KV 缓存类型</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Buffers (estimate)</source>
        <translation>缓冲区（估计）</translation>
    </message>
    <message>
        <source>Unknown whether it fits: the KV cache of this model is unknown</source>
        <translation>未知能否容纳：此模型的 KV 缓存未知</translation>
    </message>
    <message>
        <source>My devices: name, memory, reserve</source>
        <translation>我的设备：名称、内存、预留</translation>
    </message>
    <message>
        <source>Edit my devices</source>
        <translation>编辑我的设备</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>序列数</translation>
    </message>
    <message>
        <source>Requests answered at the same time, each with a cache of its own</source>
        <translation>同时回答的请求数，每个都有自己的缓存</translation>
    </message>
    <message>
        <source>E&amp;xperts in RAM</source>
        <translation>专家放内存(&amp;X)</translation>
    </message>
    <message>
        <source>Two budgets: the experts stay in RAM, the rest goes to the device</source>
        <translation>两个预算：专家留在内存，其余放到设备上</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>RAM of the machine</source>
        <translation>机器的内存</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Budget of the experts</source>
        <translation>专家的预算</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Reserve of the RAM</source>
        <translation>内存预留</translation>
    </message>
    <message>
        <source>RAM that stays free for the system and other programs</source>
        <translation>为系统和其他程序保留的内存</translation>
    </message>
    <message>
        <source>The project&apos;s device is not known here: %1. The one shown is %2.</source>
        <translation>此处未知项目的设备：%1。显示的是 %2。</translation>
    </message>
    <message>
        <source>Which memory is shown</source>
        <translation>显示哪种内存</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DevicesDialog</name>
    <message>
        <source>My devices</source>
        <translation>我的设备</translation>
    </message>
    <message>
        <source>They stand before the devices of the table. Usable is what the GPU may have of memory that it shares; the reserve stays free.</source>
        <translation>它们排在内置设备之前。“可用”指 GPU 在共享内存中可占的部分；预留部分保持空闲。</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>There are as many devices as there can be.</source>
        <translation>设备数已达上限。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DifferenceLegend</name>
    <message>
        <source>Damage by layer, A − B</source>
        <translation>各层损失，A − B</translation>
    </message>
    <message>
        <source>A bpw</source>
        <translation>A bpw</translation>
    </message>
    <message>
        <source>B bpw</source>
        <translation>B bpw</translation>
    </message>
    <message>
        <source>Colour scale of the difference</source>
        <translation>差异色阶</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DropArea</name>
    <message>
        <source>Drop a model here</source>
        <translation>将模型拖到这里</translation>
    </message>
    <message>
        <source>a folder, index.json, .safetensors, .gguf, a shard of a split,
an entry of the Hugging Face cache, or a .bitloupe project</source>
        <translation>文件夹、index.json、.safetensors、.gguf、分片之一、
Hugging Face 缓存条目，或 .bitloupe 项目</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorBar</name>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详情(&amp;D)</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorLabel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误详情</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorMapPage</name>
    <message>
        <source>row </source>
        <translation>行 </translation>
    </message>
    <message>
        <source>First row</source>
        <translation>起始行</translation>
    </message>
    <message>
        <source>col. </source>
        <translation>列 </translation>
    </message>
    <message>
        <source>First column</source>
        <translation>起始列</translation>
    </message>
    <message>
        <source>Squares of 256 by 256 weights</source>
        <translation>256 × 256 个权重的方块</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>No tensor selected</source>
        <translation>未选择张量</translation>
    </message>
    <message>
        <source>Not for tensors that are cut out of another.</source>
        <translation>不适用于从其他张量切出的张量。</translation>
    </message>
    <message>
        <source>Kept as it is: nothing is lost.</source>
        <translation>保持原样：没有损失。</translation>
    </message>
    <message>
        <source>NRMSE %1</source>
        <translation>NRMSE %1</translation>
    </message>
    <message>
        <source>Of this square, as the search encoder codes it</source>
        <translation>此方块经搜索编码器编码后的值</translation>
    </message>
    <message>
        <source>Error map</source>
        <translation>误差图</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorMapView</name>
    <message>
        <source>Weights before and after, and their error</source>
        <translation>编码前后的权重及其误差</translation>
    </message>
    <message>
        <source>weights to %1, errors to %2</source>
        <translation>权重至 %1，误差至 %2</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>±%1</source>
        <translation>±%1</translation>
    </message>
    <message>
        <source>Row %1, column %2: %3 becomes %4</source>
        <translation>第 %1 行第 %2 列：%3 变为 %4</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorScatterView</name>
    <message>
        <source>Error found against error planned, by tensor</source>
        <translation>各张量的实测误差与计划误差</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>found</source>
        <translation>实测</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>&amp;Encoder</source>
        <translation>编码器(&amp;E)</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>&amp;Browse...</source>
        <translation>浏览(&amp;B)...</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Command that does the same</source>
        <translation>等效命令</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Folder for the export</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>在文件夹中显示(&amp;S)</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The name must end in .gguf.</source>
        <translation>名称必须以 .gguf 结尾。</translation>
    </message>
    <message>
        <source>The name must be that of one new folder.</source>
        <translation>名称必须是一个新文件夹的名称。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>This already exists; nothing is ever overwritten.</source>
        <translation>已存在；绝不覆盖已有内容。</translation>
    </message>
    <message>
        <source>There is no plan for this split.</source>
        <translation>此拆分没有可用方案。</translation>
    </message>
    <message>
        <source>%1 bytes, %2 bpw, predicted damage %3.</source>
        <translation>%1 字节，%2 bpw，预测损失 %3。</translation>
    </message>
    <message>
        <source>All constraints of the target are met.</source>
        <translation>满足目标格式的全部约束。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportProgress</name>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Encode and write</source>
        <translation>编码并写入</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>回读</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>The model writes text of its own</source>
        <translation>模型正在自己写文本</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1：完成</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportResult</name>
    <message>
        <source>Verified: %1 of %1 quantized tensors read back and compared</source>
        <translation>已验证：%1 / %1 个量化张量已回读并比对</translation>
    </message>
    <message>
        <source>Verified: %1 tensors read back; %2 differ from the prediction by more than sampling explains</source>
        <translation>已验证：回读 %1 个张量；%2 个与预测的差异超出抽样所能解释的范围</translation>
    </message>
    <message>
        <source>Error by tensor (NRMSE)</source>
        <translation>各张量误差 (NRMSE)</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Two runs write the same bytes, with any number of threads.</source>
        <translation>无论线程数多少，两次运行写出的字节相同。</translation>
    </message>
    <message>
        <source>Size, bytes</source>
        <translation>大小（字节）</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>%1 by search</source>
        <translation>%1 个经搜索</translation>
    </message>
    <message>
        <source>Quantized + kept</source>
        <translation>量化 + 保留</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>NRMSE, mean</source>
        <translation>NRMSE，平均</translation>
    </message>
    <message>
        <source>NRMSE, largest</source>
        <translation>NRMSE，最大</translation>
    </message>
    <message>
        <source>Largest difference to encoded</source>
        <translation>与编码值的最大差异</translation>
    </message>
    <message>
        <source>%1 of %2 as planned, within what sampling allows</source>
        <translation>%2 个中有 %1 个符合计划（在抽样允许范围内）</translation>
    </message>
    <message>
        <source>The plan knows no errors of this encoder; they were measured while encoding.</source>
        <translation>方案中没有此编码器的误差；它们是在编码时测得的。</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Uniform, same budget</source>
        <translation>统一位数，同等预算</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::FrontierView</name>
    <message>
        <source>predicted damage against size of the files, MB</source>
        <translation>预测损失与文件大小（MB）</translation>
    </message>
    <message>
        <source>Size against predicted damage</source>
        <translation>大小与预测损失</translation>
    </message>
    <message>
        <source>this plan</source>
        <translation>本方案</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>拐点</translation>
    </message>
    <message>
        <source>size of the files, MB</source>
        <translation>文件大小，MB</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Guide</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HatchLegend</name>
    <message>
        <source>Hatched: %1</source>
        <translation>阴影：%1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>NaN or infinite</source>
        <translation>NaN 或无穷</translation>
    </message>
    <message>
        <source>! not measured</source>
        <translation>! 未测量</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HeatmapPage</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 at %2 bits per weight: %3</source>
        <translation>%1，每权重 %2 位：%3</translation>
    </message>
    <message>
        <source>Heatmap of layers and roles; the table holds the same</source>
        <translation>层与角色的热图；表格内容相同</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>viridis</source>
        <translation>viridis</translation>
    </message>
    <message>
        <source>cividis</source>
        <translation>cividis</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>色图</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Print bits</source>
        <translation>显示位数</translation>
    </message>
    <message>
        <source>&amp;Colour by</source>
        <translation>着色依据(&amp;C)</translation>
    </message>
    <message>
        <source>Enter opens the experts.</source>
        <translation>按回车展开各专家。</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>第 %1 层，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n expert(s), %1 to %2 bits</source>
        <translation>
            <numerusform>%n 个专家，%1 至 %2 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HeatmapView</name>
    <message>
        <source>Heatmap of layers and roles</source>
        <translation>层与角色的热图</translation>
    </message>
    <message>
        <source>The table shows the same tensors as text.</source>
        <translation>表格以文字显示相同的张量。</translation>
    </message>
    <message>
        <source>Click selects the row, dragging several; Ctrl adds</source>
        <translation>点击选择整行，拖动选择多行；按 Ctrl 追加</translation>
    </message>
    <message>
        <source>Click selects the column, dragging several; Ctrl adds</source>
        <translation>点击选择整列，拖动选择多列；按 Ctrl 追加</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HistogramView</name>
    <message>
        <source>Histogram of weights</source>
        <translation>权重直方图</translation>
    </message>
    <message>
        <source>clip range</source>
        <translation>截断范围</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::JobNotices</name>
    <message>
        <source>%1 is analysed.</source>
        <translation>%1 分析完毕。</translation>
    </message>
    <message>
        <source>The export is written and verified.</source>
        <translation>导出已写入并验证。</translation>
    </message>
    <message>
        <source>The export failed.</source>
        <translation>导出失败。</translation>
    </message>
    <message>
        <source>Bitloupe</source>
        <translation>Bitloupe</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::LayerTreeModel</name>
    <message>
        <source>layers %1–%2</source>
        <translation>第 %1–%2 层</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MainWindow</name>
    <message>
        <source>Bitloupe</source>
        <translation>Bitloupe</translation>
    </message>
    <message>
        <source>Table of tensors</source>
        <translation>张量表格</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tier %1, inputs from %2.</source>
        <translation>第 %1 级，输入取自 %2。</translation>
    </message>
    <message>
        <source>Tier 1 until the probe is done. No data.</source>
        <translation>探测完成前为第 1 级，不用数据。</translation>
    </message>
    <message>
        <source>Bitloupe %1</source>
        <translation>Bitloupe %1</translation>
    </message>
    <message>
        <source>For llama.cpp&apos;s quantizer, by its tensor names</source>
        <translation>供 llama.cpp 的量化器使用，采用其张量名</translation>
    </message>
    <message>
        <source>There are no inputs without a probe</source>
        <translation>没有探测就没有输入</translation>
    </message>
    <message>
        <source>Findings %1</source>
        <translation>发现 %1</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Open a model&apos;s folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Tree of tensors</source>
        <translation>张量树</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Budget and plan</source>
        <translation>预算与方案</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>Save &amp;table as shown...</source>
        <translation>按显示保存表格(&amp;T)...</translation>
    </message>
    <message>
        <source>Save table of a&amp;ll...</source>
        <translation>保存全部表格(&amp;L)...</translation>
    </message>
    <message>
        <source>Save &amp;report...</source>
        <translation>保存报告(&amp;R)...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Copy &amp;headless command</source>
        <translation>复制命令行命令(&amp;H)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Save &amp;picture...</source>
        <translation>保存图片(&amp;P)...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Comma-separated (*.csv);;Tab-separated (*.tsv)</source>
        <translation>逗号分隔 (*.csv);;制表符分隔 (*.tsv)</translation>
    </message>
    <message>
        <source>Save a report of the plan</source>
        <translation>保存方案报告</translation>
    </message>
    <message>
        <source>Page for the browser (*.html);;Fragment for a model card (*.md)</source>
        <translation>浏览器页面 (*.html);;模型卡片段 (*.md)</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;About Bitloupe</source>
        <translation>关于 Bitloupe(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>The window speaks it from the next start on.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>About Bitloupe</source>
        <translation>关于 Bitloupe</translation>
    </message>
    <message>
        <source>&lt;b&gt;Bitloupe %1&lt;/b&gt;&lt;p&gt;Looks into the weights of language models and quantizes them.&lt;p&gt;Predicted damage is computed from the weights alone; it is a prediction, not a measurement.&lt;p&gt;GNU General Public License, version 3 or later.</source>
        <translation>&lt;b&gt;Bitloupe %1&lt;/b&gt;&lt;p&gt;查看语言模型的权重并将其量化。&lt;p&gt;预测损失仅由权重算出；它是预测，不是测量。&lt;p&gt;GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
    <message>
        <source>Filter: text, /regex/, bits&lt;=3</source>
        <translation>筛选：文字、/正则/、bits&lt;=3</translation>
    </message>
    <message>
        <source>Filter tensors</source>
        <translation>筛选张量</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open file...</source>
        <translation>打开文件(&amp;O)...</translation>
    </message>
    <message>
        <source>Open f&amp;older...</source>
        <translation>打开文件夹(&amp;O)...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)...</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>&amp;Close model</source>
        <translation>关闭模型(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Import importance matrix...</source>
        <translation>导入重要性矩阵(&amp;I)...</translation>
    </message>
    <message>
        <source>Inputs measured by llama.cpp&apos;s imatrix stand in for the probe&apos;s</source>
        <translation>用 llama.cpp 的 imatrix 测得的输入代替探测所得</translation>
    </message>
    <message>
        <source>Save i&amp;mportance matrix...</source>
        <translation>保存重要性矩阵(&amp;M)...</translation>
    </message>
    <message>
        <source>&amp;Drop importance matrix</source>
        <translation>弃用重要性矩阵(&amp;D)</translation>
    </message>
    <message>
        <source>Import an importance matrix</source>
        <translation>导入重要性矩阵</translation>
    </message>
    <message>
        <source>Importance matrices (*.dat *.gguf *.imatrix);;All files (*)</source>
        <translation>重要性矩阵 (*.dat *.gguf *.imatrix);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the importance matrix</source>
        <translation>保存重要性矩阵</translation>
    </message>
    <message>
        <source>Importance matrices (*.dat);;All files (*)</source>
        <translation>重要性矩阵 (*.dat);;所有文件 (*)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>筛选(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Select what the filter shows</source>
        <translation>选择筛选结果(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Heatmap</source>
        <translation>热图(&amp;H)</translation>
    </message>
    <message>
        <source>Ctrl+1</source>
        <translation>Ctrl+1</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表格(&amp;T)</translation>
    </message>
    <message>
        <source>Ctrl+2</source>
        <translation>Ctrl+2</translation>
    </message>
    <message>
        <source>&amp;Key-values of a GGUF model...</source>
        <translation>GGUF 模型的键值(&amp;K)...</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>方案(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Analyse again</source>
        <translation>重新分析(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Rule from the filter...</source>
        <translation>由筛选建立规则(&amp;R)...</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Clear pins</source>
        <translation>清除固定(&amp;C)</translation>
    </message>
    <message>
        <source>P&amp;robe</source>
        <translation>探测(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>自动(&amp;A)</translation>
    </message>
    <message>
        <source>As deep as the model&apos;s architecture allows</source>
        <translation>按模型架构所允许的深度</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>无(&amp;N)</translation>
    </message>
    <message>
        <source>The weights alone: tier 1</source>
        <translation>仅凭权重：第 1 级</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前向(&amp;F)</translation>
    </message>
    <message>
        <source>What flows into each matrix: tier 2</source>
        <translation>流入各矩阵的量：第 2 级</translation>
    </message>
    <message>
        <source>F&amp;ull</source>
        <translation>完整(&amp;U)</translation>
    </message>
    <message>
        <source>And what the output does with it: tier 3</source>
        <translation>以及输出如何使用它：第 3 级</translation>
    </message>
    <message>
        <source>Words, /regular expression/, bits&lt;=3, role:attn, layer:4-9, pinned</source>
        <translation>词语、/正则表达式/、bits&lt;=3、role:attn、layer:4-9、pinned</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;ypes as in a GGUF file...</source>
        <translation>采用某 GGUF 文件的类型(&amp;Y)...</translation>
    </message>
    <message>
        <source>C&amp;ompare with a GGUF file...</source>
        <translation>与 GGUF 文件比较(&amp;O)...</translation>
    </message>
    <message>
        <source>Pins every tensor to the type that it has there</source>
        <translation>将每个张量固定为其在该文件中的类型</translation>
    </message>
    <message>
        <source>Shows what that mix would be as a point beside this plan</source>
        <translation>将该混合显示为本方案旁的一个点</translation>
    </message>
    <message>
        <source>Read the types of %1.</source>
        <translation>已读取 %1 的类型。</translation>
    </message>
    <message>
        <source>pin to %1</source>
        <translation>固定为 %1</translation>
    </message>
    <message>
        <source>%1 of the selected tensors cannot take %2: their rows do not fit its blocks.</source>
        <translation>所选张量中有 %1 个无法采用 %2：其行与块不匹配。</translation>
    </message>
    <message>
        <source>A GGUF file whose mix to read</source>
        <translation>要读取其混合方式的 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf);;All files (*)</source>
        <translation>GGUF 文件 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+3</source>
        <translation>Ctrl+3</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Saved plans</source>
        <translation>已存方案</translation>
    </message>
    <message numerus="yes">
        <source>%n pin(s) of the project were for tensors that are not there.</source>
        <translation>
            <numerusform>项目中有 %n 个固定针对不存在的张量。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open &amp;project...</source>
        <translation>打开项目(&amp;P)...</translation>
    </message>
    <message>
        <source>Sa&amp;ve project</source>
        <translation>保存项目(&amp;V)</translation>
    </message>
    <message>
        <source>Save project &amp;as...</source>
        <translation>项目另存为(&amp;A)...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Projects (*.bitloupe);;All files (*)</source>
        <translation>项目 (*.bitloupe);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Projects (*.bitloupe)</source>
        <translation>项目 (*.bitloupe)</translation>
    </message>
    <message>
        <source>The folder of the project&apos;s model</source>
        <translation>项目模型所在文件夹</translation>
    </message>
    <message>
        <source>The project&apos;s model</source>
        <translation>项目的模型</translation>
    </message>
    <message>
        <source>%1[*] — Bitloupe</source>
        <translation>%1[*] — Bitloupe</translation>
    </message>
    <message>
        <source>Drop to open this</source>
        <translation>放下即可打开</translation>
    </message>
    <message>
        <source>%1 (project)</source>
        <translation>%1（项目）</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to the plan of %1 in a project?</source>
        <translation>要把 %1 的方案更改保存到项目中吗？</translation>
    </message>
    <message>
        <source>Budget, pins, rules and saved plans are lost otherwise. Scores are kept.</source>
        <translation>否则预算、固定项、规则和已存方案将丢失。评分会保留。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MemoryBar</name>
    <message>
        <source>Memory use</source>
        <translation>内存占用</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MemorySum</name>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Fits: %1 of %2</source>
        <translation>放得下：%1 / %2</translation>
    </message>
    <message>
        <source>Does not fit: %1 of %2</source>
        <translation>放不下：%1 / %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MetadataDialog</name>
    <message>
        <source>Key-values of %1</source>
        <translation>%1 的键值</translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation>搜索键与值</translation>
    </message>
    <message>
        <source>Key-values</source>
        <translation>键值</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MetadataModel</name>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ModelDialog</name>
    <message>
        <source>Models (*.safetensors *.index.json *.gguf);;All files (*)</source>
        <translation>模型 (*.safetensors *.index.json *.gguf);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ModelPanel</name>
    <message>
        <source>of its own</source>
        <translation>独立</translation>
    </message>
    <message>
        <source>tied to embed</source>
        <translation>与 embed 共享</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, layers: %2</source>
        <translation>%1，层数：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>GGUF %1</source>
        <translation>GGUF %1</translation>
    </message>
    <message>
        <source>%1, decisions: %2</source>
        <translation>%1，决策：%2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PictureDialog</name>
    <message>
        <source>Save a picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>PNG, pixels</source>
        <translation>PNG，像素</translation>
    </message>
    <message>
        <source>SVG, lines and text</source>
        <translation>SVG，线条与文字</translation>
    </message>
    <message>
        <source>PDF, lines and text</source>
        <translation>PDF，线条与文字</translation>
    </message>
    <message>
        <source> x</source>
        <translation> x</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>图形(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Scale</source>
        <translation>缩放(&amp;S)</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>保存...</translation>
    </message>
    <message>
        <source>There is no plot to save.</source>
        <translation>没有可保存的图形。</translation>
    </message>
    <message>
        <source>%1 × %2, on white</source>
        <translation>%1 × %2，白底</translation>
    </message>
    <message>
        <source>plot</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 已存在。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PinsBox</name>
    <message>
        <source>Clear pins</source>
        <translation>清除固定</translation>
    </message>
    <message>
        <source>Pins: %1</source>
        <translation>固定：%1</translation>
    </message>
    <message>
        <source>By hand: %1</source>
        <translation>手动：%1</translation>
    </message>
    <message>
        <source>By rules with a pattern: %1</source>
        <translation>由带模式的规则：%1</translation>
    </message>
    <message>
        <source>Held to at least some bits: %1</source>
        <translation>保持至少若干位：%1</translation>
    </message>
    <message>
        <source>What rules pin is freed in the list of rules</source>
        <translation>由规则固定的，请在规则列表中解除</translation>
    </message>
    <message>
        <source>Nothing is pinned by hand</source>
        <translation>没有手动固定的张量</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PlanEditor</name>
    <message>
        <source>move budget</source>
        <translation>调整预算</translation>
    </message>
    <message>
        <source>free</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>clear pins</source>
        <translation>清除固定</translation>
    </message>
    <message>
        <source>lock quality</source>
        <translation>锁定质量</translation>
    </message>
    <message>
        <source>lock size</source>
        <translation>锁定大小</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProgressPace</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>, %1/s, %2 left</source>
        <translation>，%1/秒，剩余 %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectChoicesModel</name>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectKeeper</name>
    <message>
        <source>The model is not where it was: %1</source>
        <translation>模型已不在原处：%1</translation>
    </message>
    <message>
        <source>That is another model: found digest %1, expected %2</source>
        <translation>这是另一个模型：摘要为 %1，应为 %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectPage</name>
    <message numerus="yes">
        <source>%n tensor(s) by hand</source>
        <translation>
            <numerusform>手动设置 %n 个张量</numerusform>
        </translation>
    </message>
    <message>
        <source>Pin: %1 to %2</source>
        <translation>固定：%1 为 %2</translation>
    </message>
    <message>
        <source>At least: %1, %2</source>
        <translation>至少：%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more rule(s)</source>
        <translation>
            <numerusform>以及另外 %n 条规则</numerusform>
        </translation>
    </message>
    <message>
        <source>Choices of the saved plan</source>
        <translation>已存方案的选择</translation>
    </message>
    <message>
        <source>Find the model&apos;s &amp;file...</source>
        <translation>查找模型文件(&amp;F)...</translation>
    </message>
    <message>
        <source>Find the model&apos;s f&amp;older...</source>
        <translation>查找模型文件夹(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>%1, read-only</source>
        <translation>%1，只读</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RateCurveView</name>
    <message>
        <source>Rate and error</source>
        <translation>码率与误差</translation>
    </message>
    <message>
        <source>bits per weight, scales included</source>
        <translation>每权重位数（含缩放）</translation>
    </message>
    <message>
        <source>round to nearest</source>
        <translation>就近舍入</translation>
    </message>
    <message>
        <source>this encoder</source>
        <translation>本编码器</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RecentModelList</name>
    <message>
        <source>not found at its place</source>
        <translation>原位置找不到</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Last opened</source>
        <translation>上次打开</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RecipeButtons</name>
    <message>
        <source>For &amp;llama-quantize...</source>
        <translation>用于 llama-quantize(&amp;L)...</translation>
    </message>
    <message>
        <source>The types of this plan, for --tensor-type-file</source>
        <translation>本方案的类型，用于 --tensor-type-file</translation>
    </message>
    <message>
        <source>For &amp;ik_llama.cpp...</source>
        <translation>用于 ik_llama.cpp(&amp;I)...</translation>
    </message>
    <message>
        <source>The types of this plan, for --custom-q</source>
        <translation>本方案的类型，用于 --custom-q</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>保存配方</translation>
    </message>
    <message>
        <source>Text (*.txt);;All files (*)</source>
        <translation>文本 (*.txt);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RivalsTable</name>
    <message>
        <source>Uniform %1</source>
        <translation>统一 %1</translation>
    </message>
    <message>
        <source>Uniform %1 bits</source>
        <translation>统一 %1 位</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>统一</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>容纳不下</translation>
    </message>
    <message>
        <source>This plan (preview)</source>
        <translation>本方案（预览）</translation>
    </message>
    <message>
        <source>This plan</source>
        <translation>本方案</translation>
    </message>
    <message>
        <source>llama.cpp %1</source>
        <translation>llama.cpp %1</translation>
    </message>
    <message>
        <source>MINT</source>
        <translation>MINT</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RuleForm</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Regular expression, as in layers\.0\.</source>
        <translation>正则表达式，如 layers\.0\.</translation>
    </message>
    <message>
        <source>Pattern of a new rule</source>
        <translation>新规则的模式</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>What a new rule asks</source>
        <translation>新规则的要求</translation>
    </message>
    <message>
        <source>Codec of a new rule</source>
        <translation>新规则的编码</translation>
    </message>
    <message>
        <source>Write a pattern that finds at least one tensor</source>
        <translation>请写出至少匹配一个张量的模式</translation>
    </message>
    <message>
        <source>Finds tensors by name, anywhere in it.</source>
        <translation>按名称匹配张量，可在任意位置。</translation>
    </message>
    <message>
        <source>Finds %1 of %2 tensors.</source>
        <translation>匹配 %2 个张量中的 %1 个。</translation>
    </message>
    <message>
        <source>Finds no tensor.</source>
        <translation>未匹配任何张量。</translation>
    </message>
    <message>
        <source>Add this rule at the end of the list</source>
        <translation>将此规则加到列表末尾</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RulesModel</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 位</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Switched off: the solver does not hear it.</source>
        <translation>已关闭：求解器不予考虑。</translation>
    </message>
    <message>
        <source>Not counted yet.</source>
        <translation>尚未统计。</translation>
    </message>
    <message>
        <source>No tensor has such a name.</source>
        <translation>没有张量叫这个名字。</translation>
    </message>
    <message numerus="yes">
        <source>Speaks of %n tensor(s).</source>
        <translation>
            <numerusform>涉及 %n 个张量。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) follow it in this plan.</source>
        <translation>
            <numerusform>本方案中有 %n 个张量遵循它。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) cannot take this codec.</source>
        <translation>
            <numerusform>%n 个张量无法采用此编码。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) follow a later rule, or have no choice.</source>
        <translation>
            <numerusform>%n 个张量遵循更后的规则，或没有选择余地。</numerusform>
        </translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Touches</source>
        <translation>涉及</translation>
    </message>
    <message>
        <source>switch a rule on</source>
        <translation>启用规则</translation>
    </message>
    <message>
        <source>switch a rule off</source>
        <translation>停用规则</translation>
    </message>
    <message>
        <source>change a rule</source>
        <translation>修改规则</translation>
    </message>
    <message>
        <source>A rule needs a regular expression.</source>
        <translation>规则需要正则表达式。</translation>
    </message>
    <message>
        <source>move a rule</source>
        <translation>移动规则</translation>
    </message>
    <message>
        <source>remove a rule</source>
        <translation>删除规则</translation>
    </message>
    <message>
        <source>remove rules</source>
        <translation>删除多条规则</translation>
    </message>
    <message>
        <source>add a rule</source>
        <translation>添加规则</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RulesPanel</name>
    <message>
        <source>Rules of the plan, the last one that applies counts</source>
        <translation>方案的规则，以最后适用者为准</translation>
    </message>
    <message>
        <source>No rules yet: the solver is free.

Select cells and press 2 to 8 to pin them, or write a pattern below.</source>
        <translation>尚无规则：求解器不受限制。

选择单元格后按 2 至 8 固定，或在下方写出模式。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Let it be heard earlier</source>
        <translation>使其更早生效</translation>
    </message>
    <message>
        <source>Ctrl+Up</source>
        <translation>Ctrl+Up</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Let it be heard later: later rules win</source>
        <translation>使其更晚生效：后面的规则优先</translation>
    </message>
    <message>
        <source>Ctrl+Down</source>
        <translation>Ctrl+Down</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the selected rules</source>
        <translation>删除所选规则</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Select the tensors it speaks of</source>
        <translation>选择它所涉及的张量</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SavedPlans</name>
    <message>
        <source>Plan %1</source>
        <translation>方案 %1</translation>
    </message>
    <message>
        <source>no plan</source>
        <translation>无方案</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SavedPlansPanel</name>
    <message>
        <source>&amp;Save this plan</source>
        <translation>保存此方案(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Recall</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Saved plans</source>
        <translation>已存方案</translation>
    </message>
    <message>
        <source>Puts budget, rules and choices aside under a name; F2 renames</source>
        <translation>以名称保存预算、规则与选择；F2 重命名</translation>
    </message>
    <message>
        <source>Budget and rules as they were; undo takes that back</source>
        <translation>恢复当时的预算与规则；可撤销</translation>
    </message>
    <message>
        <source>A project holds %1 plans at most.</source>
        <translation>一个项目最多保存 %1 个方案。</translation>
    </message>
    <message>
        <source>The plan is for another target, which this model cannot have now.</source>
        <translation>该方案针对另一目标，此模型目前无法采用。</translation>
    </message>
    <message>
        <source>recall %1</source>
        <translation>恢复 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n pin(s) were for tensors that this model has not.</source>
        <translation>
            <numerusform>有 %n 个固定针对此模型没有的张量。</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>已删除：%1</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ScaleEditor</name>
    <message>
        <source>Colour scale</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>&amp;Log scale</source>
        <translation>对数(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>Ends as the values have them</source>
        <translation>两端取数值本身的范围</translation>
    </message>
    <message>
        <source>Lo&amp;west</source>
        <translation>最低(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Highest</source>
        <translation>最高(&amp;H)</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>这不是数字。</translation>
    </message>
    <message>
        <source>The lowest must be below the highest.</source>
        <translation>最低值必须小于最高值。</translation>
    </message>
    <message>
        <source>A log scale has no place for zero or less.</source>
        <translation>对数刻度不能含零或负数。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SelectionActions</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 位</translation>
    </message>
    <message>
        <source>Key %1 on the cells</source>
        <translation>在单元格上按 %1</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>&amp;Exclude: keep 16 bits</source>
        <translation>排除：保持 16 位(&amp;E)</translation>
    </message>
    <message>
        <source>Stays as it is; key 1 on the cells</source>
        <translation>保持原样；在单元格上按 1</translation>
    </message>
    <message>
        <source>&amp;Same as the current</source>
        <translation>与当前相同(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>The codec of the cell chosen last, for all that are selected</source>
        <translation>将最后所选单元格的编码用于全部所选</translation>
    </message>
    <message>
        <source>&amp;Free</source>
        <translation>释放(&amp;F)</translation>
    </message>
    <message>
        <source>Forgets what was asked by hand; key 0 on the cells</source>
        <translation>取消手动设置；在单元格上按 0</translation>
    </message>
    <message>
        <source>&amp;Pin to</source>
        <translation>固定为(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;At least</source>
        <translation>至少(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Same as %1</source>
        <translation>与 %1 相同(&amp;S)</translation>
    </message>
    <message>
        <source>The selection cannot take %1 bits: its rows do not fit the groups.</source>
        <translation>所选项无法采用 %1 位：其行与组不匹配。</translation>
    </message>
    <message>
        <source>pin to %1 bits</source>
        <translation>固定为 %1 位</translation>
    </message>
    <message>
        <source>pin %1 tensors to %2 bits</source>
        <translation>将 %1 个张量固定为 %2 位</translation>
    </message>
    <message>
        <source>Nothing selected has a codec of %1 bits.</source>
        <translation>所选项均无 %1 位编码。</translation>
    </message>
    <message>
        <source>hold at %1 bits or more</source>
        <translation>保持在 %1 位或以上</translation>
    </message>
    <message>
        <source>pin %1 tensors alike</source>
        <translation>将 %1 个张量固定为相同</translation>
    </message>
    <message>
        <source>Rules by pattern still apply to the selection; see the list of rules.</source>
        <translation>按模式的规则仍适用于所选项；见规则列表。</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Session</name>
    <message>
        <source>The probe was stopped.</source>
        <translation>探测已停止。</translation>
    </message>
    <message>
        <source>types as in %1</source>
        <translation>采用 %1 的类型</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ShortcutModel</name>
    <message>
        <source>%1 &gt; %2</source>
        <translation>%1 &gt; %2</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>目前不可用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ShortcutSheet</name>
    <message>
        <source>Heatmap</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Heatmap, table and tree</source>
        <translation>热图、表格与树</translation>
    </message>
    <message>
        <source>Arrows, Home, End</source>
        <translation>方向键、Home、End</translation>
    </message>
    <message>
        <source>Walk the cells</source>
        <translation>在单元格间移动</translation>
    </message>
    <message>
        <source>Shift + arrows</source>
        <translation>Shift + 方向键</translation>
    </message>
    <message>
        <source>Extend the selection</source>
        <translation>扩展选择</translation>
    </message>
    <message>
        <source>Shift+Space</source>
        <translation>Shift+空格</translation>
    </message>
    <message>
        <source>Select the whole layer</source>
        <translation>选择整层</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+空格</translation>
    </message>
    <message>
        <source>Select the whole column</source>
        <translation>选择整列</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Ctrl+A</translation>
    </message>
    <message>
        <source>Select everything</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Open or close a cell&apos;s experts</source>
        <translation>展开或收起单元格的专家</translation>
    </message>
    <message>
        <source>Pin the selection at these bits</source>
        <translation>将所选项固定为该位数</translation>
    </message>
    <message>
        <source>Keep the selection at 16 bits</source>
        <translation>将所选项保持 16 位</translation>
    </message>
    <message>
        <source>Free the selection</source>
        <translation>释放所选项</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>菜单键</translation>
    </message>
    <message>
        <source>What can be done with the selection</source>
        <translation>可对所选项执行的操作</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Zoom the rows</source>
        <translation>缩放行高</translation>
    </message>
    <message>
        <source>Space, on the colour scale</source>
        <translation>在色阶上按空格</translation>
    </message>
    <message>
        <source>Set the ends of the colours</source>
        <translation>设置颜色的两端</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search keys and what they do</source>
        <translation>搜索按键及其作用</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SpectrumView</name>
    <message>
        <source>Leading singular values</source>
        <translation>前若干奇异值</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SplitChoice</name>
    <message>
        <source>Split into files</source>
        <translation>拆分为多个文件</translation>
    </message>
    <message>
        <source>one file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>files of %1 GB</source>
        <translation>每个文件 %1 GB</translation>
    </message>
    <message>
        <source>files of %1</source>
        <translation>每个文件 %1</translation>
    </message>
    <message>
        <source>planning...</source>
        <translation>规划中...</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StalePartialsBar</name>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete what an unfinished export left</source>
        <translation>删除未完成导出的残留</translation>
    </message>
    <message>
        <source>An export that did not end left %1 here.</source>
        <translation>一次未完成的导出在此留下了 %1。</translation>
    </message>
    <message numerus="yes">
        <source>Exports that did not end left %1 and %n more here.</source>
        <translation>
            <numerusform>未完成的导出在此留下了 %1 及另外 %n 项。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StartPage</name>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>safetensors and GGUF, any size; the weights are only read</source>
        <translation>safetensors 与 GGUF，大小不限；权重只读取，不改动</translation>
    </message>
    <message>
        <source>&amp;Open file...</source>
        <translation>打开文件(&amp;O)...</translation>
    </message>
    <message>
        <source>Open &amp;folder...</source>
        <translation>打开文件夹(&amp;F)...</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>A small model that is built in, to try everything at once</source>
        <translation>内置的小模型，可立即试用全部功能</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>The sample was not installed with the program.</source>
        <translation>示例未随程序安装。</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere. No calibration data is needed.</source>
        <translation>不会向任何地方发送数据，也不需要校准数据。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Enter opens, Delete removes from the list</source>
        <translation>回车打开，Delete 从列表移除</translation>
    </message>
    <message>
        <source>Recent models and projects</source>
        <translation>最近的模型和项目</translation>
    </message>
    <message>
        <source>Filter what was opened recently</source>
        <translation>筛选最近打开的内容</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StatusLine</name>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>正在分析</translation>
    </message>
    <message>
        <source>Analysis stopped; F5 starts it again. The plan is a preview.</source>
        <translation>分析已停止；按 F5 重新开始。方案为预览。</translation>
    </message>
    <message>
        <source>Analysed before: %1, read from the cache.</source>
        <translation>此前已分析：%1，读自缓存。</translation>
    </message>
    <message>
        <source>Analysed, %1 in %2 s. Read from the cache next time.</source>
        <translation>已分析 %1，用时 %2 秒。下次将读取缓存。</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <translation>%1 %2 %</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TargetChoice</name>
    <message>
        <source>Quantize again...</source>
        <translation>再次量化...</translation>
    </message>
    <message>
        <source>Export target</source>
        <translation>导出目标</translation>
    </message>
    <message>
        <source>To look at only</source>
        <translation>仅供查看</translation>
    </message>
    <message>
        <source>Quantized already</source>
        <translation>已量化</translation>
    </message>
    <message>
        <source>Quantized again: adds error</source>
        <translation>再次量化：误差增加</translation>
    </message>
    <message>
        <source>Quantize again?</source>
        <translation>再次量化？</translation>
    </message>
    <message>
        <source>These weights are quantized already. Quantizing them again adds error to what they have lost; weights of full precision give a better result at the same size.</source>
        <translation>这些权重已经量化。再次量化会在已有损失上增加误差；同等大小下，全精度权重的结果更好。</translation>
    </message>
    <message>
        <source>Quantize again</source>
        <translation>再次量化</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TensorPanel</name>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>Error (NRMSE)</source>
        <translation>误差 (NRMSE)</translation>
    </message>
    <message>
        <source>SWAN composite</source>
        <translation>SWAN 综合</translation>
    </message>
    <message>
        <source>Largest |w|</source>
        <translation>最大 |w|</translation>
    </message>
    <message>
        <source>Why these bits</source>
        <translation>为何是这些位数</translation>
    </message>
    <message>
        <source>Rate and error</source>
        <translation>码率与误差</translation>
    </message>
    <message>
        <source>Weights, 256 bins, count</source>
        <translation>权重，256 个分箱，计数</translation>
    </message>
    <message>
        <source>s: mean square of each input channel</source>
        <translation>s：各输入通道的均方</translation>
    </message>
    <message>
        <source>f: mean squared gradient of each output</source>
        <translation>f：各输出的均方梯度</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Let the plan choose</source>
        <translation>由方案选择</translation>
    </message>
    <message>
        <source>Pin at %1 bits</source>
        <translation>固定为 %1 位</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Pin to a block type</source>
        <translation>固定为某块类型</translation>
    </message>
    <message>
        <source>No tensor selected</source>
        <translation>未选择张量</translation>
    </message>
    <message>
        <source>Click a cell of the heatmap, or walk it with the arrow keys.</source>
        <translation>点击热图中的单元格，或用方向键移动。</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 σ</source>
        <translation>%1 σ</translation>
    </message>
    <message>
        <source>Kept: %1.</source>
        <translation>保留：%1。</translation>
    </message>
    <message>
        <source>%1 (%2 % of the plan)</source>
        <translation>%1（占方案 %2 %）</translation>
    </message>
    <message>
        <source>unknown yet</source>
        <translation>尚未知</translation>
    </message>
    <message>
        <source>%1 (%2 dB)</source>
        <translation>%1 (%2 dB)</translation>
    </message>
    <message>
        <source>%1 (published score)</source>
        <translation>%1（已发表指标）</translation>
    </message>
    <message>
        <source>A probe finds this; see Plan &gt; Probe</source>
        <translation>需经探测得出；见“方案 &gt; 探测”</translation>
    </message>
    <message>
        <source>Not computed yet</source>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>Leading %1 singular values</source>
        <translation>前 %1 个奇异值</translation>
    </message>
    <message>
        <source>Pin to a type...</source>
        <translation>固定为某类型...</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) selected; keys 2 3 4 5 6 8, 0 clears</source>
        <translation>
            <numerusform>已选 %n 个张量；按 2 3 4 5 6 8 固定，0 清除</numerusform>
        </translation>
    </message>
    <message>
        <source>keys 2 3 4 5 6 8, 0 clears</source>
        <translation>按 2 3 4 5 6 8 固定，0 清除</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>误差</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TensorTableModel</name>
    <message>
        <source>The longest weight block that the rows allow: those that are no multiple of 256 have no K types</source>
        <translation>行所允许的最长权重块：非 256 倍数者没有 K 类型</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Blocks of</source>
        <translation>块长</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>预测损失</translation>
    </message>
    <message>
        <source>NRMSE</source>
        <translation>NRMSE</translation>
    </message>
    <message>
        <source>r (inputs)</source>
        <translation>r（输入）</translation>
    </message>
    <message>
        <source>D (output)</source>
        <translation>D（输出）</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>级别</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TierTable</name>
    <message>
        <source>Tier 1, weights</source>
        <translation>第 1 级，权重</translation>
    </message>
    <message>
        <source>Tier 2, inputs</source>
        <translation>第 2 级，输入</translation>
    </message>
    <message>
        <source>Tier 3, gradients</source>
        <translation>第 3 级，梯度</translation>
    </message>
    <message>
        <source>Squared relative error of the weights, by the matrix&apos;s size</source>
        <translation>权重的相对误差平方，按矩阵大小计</translation>
    </message>
    <message>
        <source>r: squared error weighed by how much flows into each column</source>
        <translation>r：按流入各列的量加权的误差平方</translation>
    </message>
    <message>
        <source>D: squared error weighed by inputs and by the output&apos;s gradient</source>
        <translation>D：按输入与输出梯度加权的误差平方</translation>
    </message>
    <message>
        <source>Share of the whole plan&apos;s damage, as this tier counts it</source>
        <translation>按此级别计，占整个方案损失的比例</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::UserDevicesModel</name>
    <message>
        <source>My device %1</source>
        <translation>我的设备 %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>内存，GiB</translation>
    </message>
    <message>
        <source>Usable, %</source>
        <translation>可用，%</translation>
    </message>
    <message>
        <source>Reserve, GiB</source>
        <translation>预留，GiB</translation>
    </message>
    <message>
        <source>Expected a number</source>
        <translation>应为数字</translation>
    </message>
    <message>
        <source>There is a device of that name</source>
        <translation>已有同名设备</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Why</name>
    <message numerus="yes">
        <source>%n bits</source>
        <translation>
            <numerusform>%n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, group %2</source>
        <translation>%1，组 %2</translation>
    </message>
    <message>
        <source>group %1 to %2 at %3</source>
        <translation>%3 时组 %1 到 %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>a rule</source>
        <translation>一条规则</translation>
    </message>
    <message>
        <source>the rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>Kept at %1: %2.</source>
        <translation>保持 %1：%2。</translation>
    </message>
    <message>
        <source>Pinned to %1 by %2.</source>
        <translation>固定为 %1，依据：%2。</translation>
    </message>
    <message>
        <source>Kept at %1 or more by %2.</source>
        <translation>至少保持 %1，依据：%2。</translation>
    </message>
    <message>
        <source>%1 would fall below the floor of %2 dB (%3 dB).</source>
        <translation>%1 将低于 %2 dB 的下限（%3 dB）。</translation>
    </message>
    <message>
        <source>The uniform plan gives every tensor %1.</source>
        <translation>均匀方案给每个张量 %1。</translation>
    </message>
    <message>
        <source>SWAN&apos;s codec cannot hold its %1 columns; %2 is the nearest that can.</source>
        <translation>SWAN 的编码无法容纳其 %1 列；最接近的可用编码是 %2。</translation>
    </message>
    <message>
        <source>The uniform codec cannot hold its %1 columns; %2 is the nearest that can.</source>
        <translation>均匀编码无法容纳其 %1 列；最接近的可用编码是 %2。</translation>
    </message>
    <message>
        <source>SWAN&apos;s rule protects it: %1.</source>
        <translation>SWAN 的规则保护它：%1。</translation>
    </message>
    <message>
        <source>Its composite score is unknown yet; SWAN&apos;s rule then gives %1.</source>
        <translation>其综合评分尚未知；此时 SWAN 的规则给出 %1。</translation>
    </message>
    <message>
        <source>SWAN&apos;s rule gives %1 at its composite score of %2.</source>
        <translation>综合评分为 %2 时，SWAN 的规则给出 %1。</translation>
    </message>
    <message>
        <source>MINT&apos;s knapsack gives it %1.</source>
        <translation>MINT 的背包算法给它 %1。</translation>
    </message>
    <message>
        <source>The step from %1 removed %2.</source>
        <translation>从 %1 这一步消除了 %2。</translation>
    </message>
    <message>
        <source>%1 is the smallest choice it has.</source>
        <translation>%1 是它最小的选择。</translation>
    </message>
    <message>
        <source>No larger choice would remove any more.</source>
        <translation>更大的选择也不会再减少。</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes; others buy more.</source>
        <translation>下一步 %1 将以 %3 字节消除 %2；其他张量收益更大。</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes; so many are not left in the budget.</source>
        <translation>下一步 %1 将以 %3 字节消除 %2；预算中已没有这么多。</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes.</source>
        <translation>下一步 %1 将以 %3 字节消除 %2。</translation>
    </message>
    <message>
        <source>Its damage is predicted with gradients (tier 3).</source>
        <translation>其损害由梯度预测（第 3 级）。</translation>
    </message>
    <message>
        <source>Its damage is predicted by a forward probe (tier 2).</source>
        <translation>其损害由前向探测预测（第 2 级）。</translation>
    </message>
    <message>
        <source>Its damage is predicted from its weights alone (tier 1).</source>
        <translation>其损害仅由权重预测（第 1 级）。</translation>
    </message>
    <message>
        <source>%1 Reason: %2.</source>
        <translation>%1 原因：%2。</translation>
    </message>
</context>
</TS>
